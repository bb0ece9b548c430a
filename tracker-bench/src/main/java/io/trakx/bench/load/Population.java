package io.trakx.bench.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Who announces what: peers known by number, everything about them following from it.
 *
 * <p>Peer {@code i} is in swarm {@code i / peersPerSwarm} and announces from source address {@code
 * i % sources}, so every source is in swarms all over. A quarter are seeders. Peers of a swarm
 * differ by port. Immutable.
 *
 * @param swarms 1 to 10 million
 * @param peersPerSwarm 1 to 50,000
 * @param sources different addresses in 127.0.0.0/8, from 127.1.0.1 on
 */
record Population(int swarms, int peersPerSwarm, int sources) {
  static final int INFO_HASH_BYTES = 20;
  static final int PEER_ID_BYTES = 20;
  private static final int MOST_SWARMS = 10_000_000;
  private static final int MOST_PEERS_PER_SWARM = 50_000;
  private static final int MOST_SOURCES = 16_000_000;
  private static final int FIRST_SOURCE = 0x7f01_0001;
  private static final int FIRST_PORT = 1025;
  private static final int PORTS = 64_000;
  private static final long PEER_ID_PREFIX = 0x2d54_4c30_3030_312dL; // -TL0001-
  private static final long INFO_HASH_SALT = 0x5741_524d_0000_0000L;
  private static final byte[] HEX = "0123456789abcdef".getBytes(Bytes.ASCII);

  Population {
    Bytes.within("swarms", swarms, 1, MOST_SWARMS);
    Bytes.within("peers per swarm", peersPerSwarm, 1, MOST_PEERS_PER_SWARM);
    Bytes.within("sources", sources, 1, MOST_SOURCES);
  }

  long peers() {
    return (long) swarms * peersPerSwarm;
  }

  int swarm(long peer) {
    return (int) (peer / peersPerSwarm);
  }

  int source(long peer) {
    return (int) (peer % sources);
  }

  /** A peer of a swarm at random. */
  long peer(int swarm, SplittableRandom random) {
    return (long) swarm * peersPerSwarm + random.nextInt(peersPerSwarm);
  }

  /** A peer of a swarm at random among those that announce from {@code source}; -1 if none does. */
  long peer(int swarm, int source, SplittableRandom random) {
    long first = (long) swarm * peersPerSwarm;
    int nearest = Math.floorMod(source - first, sources);
    if (nearest >= peersPerSwarm) {
      return -1;
    }
    int candidates = (peersPerSwarm - 1 - nearest) / sources + 1;
    return first + nearest + (long) sources * random.nextInt(candidates);
  }

  int port(long peer) {
    long offset = Bytes.mix(swarm(peer)) >>> 40;
    return FIRST_PORT + (int) ((offset + peer % peersPerSwarm) % PORTS);
  }

  /** The peer of a swarm that has a port; -1 if none does. */
  long peerAt(int swarm, int port) {
    long offset = Bytes.mix(swarm) >>> 40;
    long place = Math.floorMod(port - FIRST_PORT - offset, (long) PORTS);
    long peer = (long) swarm * peersPerSwarm + place;
    return place < peersPerSwarm && port(peer) == port ? peer : -1;
  }

  boolean seeds(long peer) {
    return (Bytes.mix(peer) & 3) == 0;
  }

  /** The key that the peer sends. */
  int key(long peer) {
    return (int) Bytes.mix(peer);
  }

  /** A source's IPv4 address. */
  static int address(int source) {
    return FIRST_SOURCE + source;
  }

  /** Appends a swarm's info-hash. */
  static void putInfoHash(ByteBuffer target, int swarm) {
    long first = Bytes.mix(swarm + INFO_HASH_SALT);
    target.putLong(first).putLong(Bytes.mix(first)).putInt((int) Bytes.mix(~first));
  }

  /** Appends a peer's id, printable. */
  static void putPeerId(ByteBuffer target, long peer) {
    target.putLong(PEER_ID_PREFIX);
    long mixed = Bytes.mix(peer);
    for (int i = 0; i < PEER_ID_BYTES - Long.BYTES; i++) {
      target.put(HEX[(int) (mixed >>> (4 * i)) & 0xf]);
    }
  }
}
