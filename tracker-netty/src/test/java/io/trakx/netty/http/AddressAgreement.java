package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds {@link AddressText} against a slow and obvious parser on strings. */
final class AddressAgreement {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

  private AddressAgreement() {}

  static void check(String text) {
    assertThat(parsed(text)).as(text).isEqualTo(expected(text));
  }

  /** The address as hexadecimal digits, 8 or 32, or null if the text is none. */
  static @Nullable String parsed(String text) {
    PeerAddress address = new PeerAddress();
    address.port(4321);
    byte[] buffer = Latin1.bytes("1" + text + ":1");
    if (!AddressText.parse(buffer, 1, buffer.length - 2, address)) {
      return null;
    }
    assertThat(address.port()).isEqualTo(4321);
    return address.family() == AddressFamily.IPV4
        ? "%08x".formatted(address.low())
        : "%016x%016x".formatted(address.high(), address.low());
  }

  private static @Nullable String expected(String text) {
    int end = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      int bracket = text.indexOf(']');
      if (bracket < 0) {
        return null;
      }
      String rest = text.substring(bracket + 1);
      return rest.isEmpty() || isPort(rest) ? ipv6(text.substring(1, bracket)) : null;
    }
    if (end == text.indexOf(':')) {
      String address = end < 0 ? text : text.substring(0, end);
      boolean port = end < 0 || isPort(text.substring(end));
      return port && IPV4.matcher(address).matches() ? ipv4(address) : null;
    }
    return ipv6(text);
  }

  private static boolean isPort(String text) {
    return PORT.matcher(text).matches() && Integer.parseInt(text.substring(1)) <= 65535;
  }

  private static String ipv4(String text) {
    StringBuilder hex = new StringBuilder();
    for (String octet : text.split("\\.", -1)) {
      hex.append("%02x".formatted(Integer.parseInt(octet)));
    }
    return hex.toString();
  }

  private static @Nullable String ipv6(String text) {
    int gap = text.indexOf("::");
    @Nullable List<String> left = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
    @Nullable List<String> right = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
    if (left == null || right == null) {
      return null;
    }
    int zeros = 8 - left.size() - right.size();
    if (gap < 0 ? zeros != 0 : zeros < 1) {
      return null;
    }
    List<String> all = new ArrayList<>(left);
    all.addAll(Collections.nCopies(zeros, "0000"));
    all.addAll(right);
    String hex = String.join("", all);
    return hex.startsWith("0".repeat(20) + "ffff") ? hex.substring(24) : hex;
  }

  /** Groups of four digits, none for nothing, or null if the text is no list of groups. */
  private static @Nullable List<String> groups(String text, boolean mayEndDotted) {
    List<String> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        groups.add("0".repeat(4 - parts[i].length()) + parts[i].toLowerCase(Locale.ROOT));
      } else if (mayEndDotted && i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
        String hex = ipv4(parts[i]);
        groups.add(hex.substring(0, 4));
        groups.add(hex.substring(4));
      } else {
        return null;
      }
    }
    return groups;
  }
}
