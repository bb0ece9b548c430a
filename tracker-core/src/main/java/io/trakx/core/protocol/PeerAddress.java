package io.trakx.core.protocol;

/**
 * Where a peer listens: family, address and port, which together are its identity in a swarm.
 *
 * <p>An IPv4-mapped IPv6 address ({@code ::ffff:a.b.c.d}, RFC 4291 section 2.5.5.2) becomes the
 * IPv4 address it stands for. Mutable, not thread-safe.
 */
public final class PeerAddress {
  private static final long MAPPED_PREFIX = 0xffffL;

  private AddressFamily family = AddressFamily.IPV4;
  private long high;
  private long low;
  private int port;

  /** Sets an IPv4 address from its 32 bits in network order; the port stays. */
  public void ipv4(int bits) {
    family = AddressFamily.IPV4;
    high = 0;
    low = bits & 0xffff_ffffL;
  }

  /** Sets an IPv6 address from its two halves in network order; the port stays. */
  public void ipv6(long high, long low) {
    if (high == 0 && low >>> 32 == MAPPED_PREFIX) {
      ipv4((int) low);
      return;
    }
    family = AddressFamily.IPV6;
    this.high = high;
    this.low = low;
  }

  /** Takes over family and address of {@code other}; the port stays. */
  public void addressOf(PeerAddress other) {
    family = other.family;
    high = other.high;
    low = other.low;
  }

  /** Sets the port, 0 to 65535. */
  public void port(int port) {
    this.port = port & 0xffff;
  }

  public AddressFamily family() {
    return family;
  }

  /** The first eight bytes of an IPv6 address; 0 for IPv4. */
  public long high() {
    return high;
  }

  /** The last eight bytes of an IPv6 address, or the 32 bits of an IPv4 address. */
  public long low() {
    return low;
  }

  /**
   * What an address has in common with all those that are likely its owner's as well: itself, if it
   * is of IPv4, in the form {@code 0:ffff:a.b.c.d}, which is nobody's network; the first eight
   * bytes of an IPv6 address.
   */
  public long network() {
    return family == AddressFamily.IPV4 ? MAPPED_PREFIX << 32 | low : high;
  }

  /** The port, 0 to 65535. */
  public int port() {
    return port;
  }
}
