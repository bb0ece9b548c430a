package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, c0000201",
    "0.0.0.0, 00000000",
    "255.255.255.255, ffffffff",
    "192.0.2.1:0, c0000201",
    "192.0.2.1:65535, c0000201",
    "::, 00000000000000000000000000000000",
    "::1, 00000000000000000000000000000001",
    "1::, 00010000000000000000000000000000",
    "2001:db8::ff00:42:8329, 20010db8000000000000ff0000428329",
    "2001:DB8:0:0:0:FF00:42:8329, 20010db8000000000000ff0000428329",
    "1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
    "1::3:4:5:6:7:8, 00010000000300040005000600070008",
    "::2:3:4:5:6:7:8, 00000002000300040005000600070008",
    "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
    "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
    "64:ff9b::192.0.2.33, 0064ff9b0000000000000000c0000221",
    "[2001:db8::1], 20010db8000000000000000000000001",
    "[2001:db8::1]:443, 20010db8000000000000000000000001",
    "::ffff:192.0.2.1, c0000201",
    "[::ffff:c000:201]:80, c0000201",
  })
  void addressesAreRead(String text, String hex) {
    assertThat(AddressAgreement.parsed(text)).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "_hidden",
        "None",
        "localhost",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.04",
        "01.2.3.4",
        "1.2.3.-4",
        "1..2.3",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.4 ",
        " 1.2.3.4",
        "0x1.2.3.4",
        "1.2.3.4:",
        "1.2.3.4:65536",
        "1.2.3.4:-1",
        "1.2.3.4:+1",
        "1.2.3.4:000001",
        "1.2.3.4:1a",
        "1.2.3.4]",
        "[1.2.3.4]",
        "1.2.3.4:1:2",
        ":",
        ":::",
        "::1::",
        "1:2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2:3:4:5:6:7:8",
        ":1::",
        "::1:",
        "1:::2",
        "12345::",
        "g::",
        "::1%eth0",
        "fe80::1%1",
        "::1.2.3",
        "::1.2.3.4:5",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "[::1",
        "::1]",
        "[]",
        "[::1]x",
        "[::1]:",
        "[::1]:99999",
        "[[::1]]",
        "[::1]]",
        "\"[::1]\"",
        "10.0.0.0/8",
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThat(AddressAgreement.parsed(text)).isNull();
  }

  @Property
  void addressesOfThePlatformAreReadBack(@ForAll @Size(16) byte[] bytes, @ForAll byte mask)
      throws UnknownHostException {
    for (int group = 0; group < 8; group++) {
      if ((mask >> group & 1) == 0) {
        bytes[2 * group] = 0;
        bytes[2 * group + 1] = 0;
      }
    }
    InetAddress address = Inet6Address.getByAddress(null, bytes, -1);
    // Four bytes for an IPv4-mapped address.
    String expected = HexFormat.of().formatHex(InetAddress.getByAddress(bytes).getAddress());

    assertThat(AddressAgreement.parsed(address.getHostAddress())).isEqualTo(expected);
    AddressAgreement.check(address.getHostAddress().replaceFirst("(^|:)0(:0)*(:|$)", "::"));
  }

  @Property(tries = 5000)
  void readsWhatTheReferenceReads(@ForAll("texts") String text) {
    AddressAgreement.check(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            ":", "::", ":", ".", "[", "]", "1", "12", "255", "256", "0", "00", "a", "ffff", "fffff",
            "1.2.3.4", "1:2:3:4", ":80", "g", "-", "1.2.3.4", "::ffff")
        .list()
        .ofMaxSize(9)
        .map(list -> String.join("", list));
  }

  @Property
  void sequencesOfGroupsAreReadAsTheReferenceReadsThem(
      @ForAll @Size(max = 10) List<@From("groups") String> groups) {
    AddressAgreement.check(String.join(":", groups));
    AddressAgreement.check("[" + String.join(":", groups) + "]:443");
  }

  @Provide
  Arbitrary<String> groups() {
    return Arbitraries.of("1", "0", "ab", "FFFF", "", "1", "2", "3", "1.2.3.4");
  }
}
