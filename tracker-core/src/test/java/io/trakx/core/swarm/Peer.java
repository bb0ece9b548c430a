package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;

/** A peer's identity as a value that can be compared, for tests. */
record Peer(AddressFamily family, long high, long low, int port) {
  private static final long DOCUMENTATION_PREFIX = 0x2001_0db8_0000_0000L;

  /** The {@code number}th IPv4 peer, each with an address of its own. */
  static Peer ipv4(int number) {
    return ipv4(0x0a00_0000 + number, 6881);
  }

  static Peer ipv4(int address, int port) {
    return new Peer(AddressFamily.IPV4, 0, address & 0xffff_ffffL, port);
  }

  /** The {@code number}th IPv6 peer, each with an address of its own. */
  static Peer ipv6(int number) {
    return ipv6(DOCUMENTATION_PREFIX, number, 6881);
  }

  static Peer ipv6(long high, long low, int port) {
    return new Peer(AddressFamily.IPV6, high, low, port);
  }

  static Peer of(PeerAddress address) {
    return new Peer(address.family(), address.high(), address.low(), address.port());
  }

  /** The peer that lies packed at {@code offset}. */
  static Peer at(AddressFamily family, byte[] compact, int offset) {
    int port = Bytes.getChar(compact, offset + family.addressBytes());
    return family == AddressFamily.IPV4
        ? ipv4(Bytes.getInt(compact, offset), port)
        : ipv6(Bytes.getLong(compact, offset), Bytes.getLong(compact, offset + Long.BYTES), port);
  }

  /** The peer with its port left out. */
  Peer addressOnly() {
    return new Peer(family, high, low, 0);
  }

  PeerAddress address() {
    PeerAddress address = new PeerAddress();
    writeTo(address);
    return address;
  }

  void writeTo(PeerAddress address) {
    if (family == AddressFamily.IPV4) {
      address.ipv4((int) low);
    } else {
      address.ipv6(high, low);
    }
    address.port(port);
  }

  /** A regular announce of this peer, which still lacks something. */
  AnnounceRequest leeching(Bytes20 infoHash) {
    AnnounceRequest request = new AnnounceRequest();
    request.infoHash().set(infoHash.high(), infoHash.middle(), infoHash.low());
    request.peerId().set(low, high, port);
    writeTo(request.address());
    request.left(1);
    return request;
  }

  /** A regular announce of this peer, which lacks nothing. */
  AnnounceRequest seeding(Bytes20 infoHash) {
    AnnounceRequest request = leeching(infoHash);
    request.left(0);
    return request;
  }

  AnnounceRequest announcing(Bytes20 infoHash, boolean seeder) {
    return seeder ? seeding(infoHash) : leeching(infoHash);
  }

  /** The {@code number}th info-hash. */
  static Bytes20 infoHash(int number) {
    Bytes20 infoHash = new Bytes20();
    infoHash.set(0, 0, number);
    return infoHash;
  }
}
