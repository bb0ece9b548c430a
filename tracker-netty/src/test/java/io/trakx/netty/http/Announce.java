package io.trakx.netty.http;

import io.netty.util.NetUtil;
import java.util.Locale;

/** Builds the target of an announce, as a client would. */
final class Announce {
  /** A peer id as Transmission makes them. */
  static final String PEER_ID = "-TR4050-abcdefghijkl";

  private final StringBuilder target;

  private Announce(StringBuilder target) {
    this.target = target;
  }

  /** A leecher's announce, complete but for what the test adds. */
  static Announce of(String escapedHash) {
    return new Announce(
        new StringBuilder("/announce?info_hash=")
            .append(escapedHash)
            .append("&peer_id=")
            .append(PEER_ID)
            .append("&port=6881&uploaded=0&downloaded=0&left=1"));
  }

  /** An announce with nothing but what {@code query} says. */
  static String bare(String query) {
    return "/announce?" + query;
  }

  /** Adds a parameter; of those that repeat, the last one counts. */
  Announce with(String name, Object value) {
    target.append('&').append(name).append('=').append(value);
    return this;
  }

  Announce seeder() {
    return with("left", 0);
  }

  Announce port(int port) {
    return with("port", port);
  }

  @Override
  public String toString() {
    return target.toString();
  }

  /** An info-hash that ends in {@code tail}, every byte escaped. */
  static String hash(int tail) {
    return "%ff%00%25%26%2b%3d".repeat(3)
        + String.format(Locale.ROOT, "%%%02x%%%02x", tail >> 8 & 0xff, tail & 0xff);
  }

  /** A compact IPv4 peer, six characters. */
  static String compact(String address, int port) {
    StringBuilder packed = new StringBuilder();
    for (byte part : NetUtil.createByteArrayFromIpAddressString(address)) {
      packed.append((char) (part & 0xff));
    }
    return packed.append((char) (port >> 8)).append((char) (port & 0xff)).toString();
  }

  /** A compact IPv6 peer at ::1 as eighteen characters. */
  static String compactIpv6Loopback(int port) {
    return "\0".repeat(15) + "\1" + (char) (port >> 8) + (char) (port & 0xff);
  }
}
