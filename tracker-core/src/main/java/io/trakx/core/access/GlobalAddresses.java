package io.trakx.core.access;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;

/**
 * Tells addresses that anybody on the internet can reach from those that mean something in a
 * network of their own only, or nothing: after IANA's registries of special-purpose addresses (RFC
 * 6890 and those that came after).
 *
 * <p>An IPv6 address that carries an IPv4 address for a translator or a tunnel (NAT64, 6to4,
 * Teredo) is as global as that one. An IPv4-mapped one never gets here: {@link PeerAddress} makes
 * it IPv4.
 */
public final class GlobalAddresses {
  private GlobalAddresses() {}

  /** Whether {@code address} is global; its port does not matter. */
  public static boolean contains(PeerAddress address) {
    return address.family() == AddressFamily.IPV4
        ? isGlobal((int) address.low())
        : isGlobal(address.high(), address.low());
  }

  private static boolean isGlobal(int address) {
    return switch (address >>> 24) {
      case 0, 10, 127 -> false; // this network, private, loopback
      case 100 -> !in(address, 0x6440_0000, 10); // behind a provider's translator
      case 169 -> !in(address, 0xa9fe_0000, 16); // link-local
      case 172 -> !in(address, 0xac10_0000, 12); // private
      case 192 ->
          !in(address, 0xc000_0000, 24) // protocol assignments
              && !in(address, 0xc000_0200, 24) // documentation
              && !in(address, 0xc058_6300, 24) // relays of 6to4, given up
              && !in(address, 0xc0a8_0000, 16); // private
      case 198 ->
          !in(address, 0xc612_0000, 15) // benchmarks
              && !in(address, 0xc633_6400, 24); // documentation
      case 203 -> !in(address, 0xcb00_7100, 24); // documentation
      default -> address >>> 29 != 7; // multicast and reserved from 224 on
    };
  }

  private static boolean isGlobal(long high, long low) {
    if (in(high, 0x2000_0000_0000_0000L, 3)) { // what is given out to networks
      return switch ((int) (high >>> 48)) {
        case 0x2001 -> isGlobalIn2001(high, low);
        case 0x2002 -> isGlobal((int) (high >>> 16)); // 6to4
        default -> !in(high, 0x3fff_0000_0000_0000L, 20); // documentation
      };
    }
    // The well-known prefix of NAT64. Loopback, link-local, unique local and the rest are not.
    return high == 0x0064_ff9b_0000_0000L && low >>> 32 == 0 && isGlobal((int) low);
  }

  private static boolean isGlobalIn2001(long high, long low) {
    if (in(high, 0x2001_0000_0000_0000L, 32)) {
      return isGlobal(~(int) low); // Teredo: the client's address, inverted
    }
    return !in(high, 0x2001_0000_0000_0000L, 23) // protocol assignments, benchmarks among them
        && !in(high, 0x2001_0db8_0000_0000L, 32); // documentation
  }

  private static boolean in(int address, int network, int prefixBits) {
    return (address ^ network) >>> (Integer.SIZE - prefixBits) == 0;
  }

  private static boolean in(long high, long network, int prefixBits) {
    return (high ^ network) >>> (Long.SIZE - prefixBits) == 0;
  }
}
