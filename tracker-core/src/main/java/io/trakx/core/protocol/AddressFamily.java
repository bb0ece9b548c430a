package io.trakx.core.protocol;

/** The two families of addresses a swarm keeps apart, with the size of a compact peer in each. */
public enum AddressFamily {
  /** Four bytes of address and two of port (BEP 23). */
  IPV4(4),
  /** Sixteen bytes of address and two of port (BEP 7). */
  IPV6(16);

  private final int addressBytes;

  AddressFamily(int addressBytes) {
    this.addressBytes = addressBytes;
  }

  /** Bytes of an address, without port. */
  public int addressBytes() {
    return addressBytes;
  }

  /** Bytes of a peer in compact form: address and port. */
  public int compactBytes() {
    return addressBytes + Short.BYTES;
  }

  /** The other family. */
  public AddressFamily other() {
    return this == IPV4 ? IPV6 : IPV4;
  }
}
