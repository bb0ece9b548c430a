package io.trakx.bench.load;

import java.nio.ByteBuffer;

/**
 * Judges the body of an HTTP answer as a strict client would.
 *
 * <p>Allocates nothing. Not thread-safe.
 */
final class BencodedAnswer {
  private static final byte[] COMPLETE = key("complete");
  private static final byte[] FAILURE_REASON = key("failure reason");
  private static final byte[] FILES = key("files");
  private static final byte[] INCOMPLETE = key("incomplete");
  private static final byte[] INTERVAL = key("interval");
  private static final byte[] PEERS = key("peers");
  private static final byte[] PEERS6 = key("peers6");
  private static final int IPV4_PEER_BYTES = 6;
  private static final int IPV6_PEER_BYTES = 18;

  private final BencodeCursor cursor = new BencodeCursor();
  private final ByteBuffer infoHash = ByteBuffer.allocate(Population.INFO_HASH_BYTES);
  private int ipv4PeersAt;
  private int ipv4Peers;
  private int ipv6PeersAt;
  private int ipv6Peers;
  private long seeders;
  private long leechers;

  private static byte[] key(String name) {
    return name.getBytes(Bytes.ASCII);
  }

  /** How many peers the announce judged last was given. */
  int peers() {
    return ipv4Peers + ipv6Peers;
  }

  /**
   * Judges the answer to an announce.
   *
   * @param numwant how many peers were asked for
   * @param stopped whether the peer left, so that the swarm may be empty
   */
  Verdict announce(ByteBuffer body, int from, int to, int numwant, boolean stopped) {
    long interval = 0;
    seeders = 0;
    leechers = 0;
    boolean hasPeers = false;
    int previousKey = -1;
    int previousLength = 0;
    ipv4Peers = 0;
    ipv6Peers = 0;
    cursor.start(body, from, to);
    cursor.enter();
    while (!cursor.leave()) {
      int key = cursor.string();
      int length = cursor.length();
      if (cursor.broken() || !ascending(body, previousKey, previousLength, key, length)) {
        return Verdict.NOT_BENCODED;
      }
      if (is(body, key, length, FAILURE_REASON)) {
        return Verdict.FAILURE;
      } else if (is(body, key, length, INTERVAL)) {
        interval = cursor.integer();
      } else if (is(body, key, length, COMPLETE)) {
        seeders = cursor.integer();
      } else if (is(body, key, length, INCOMPLETE)) {
        leechers = cursor.integer();
      } else if (is(body, key, length, PEERS)) {
        ipv4PeersAt = cursor.string();
        ipv4Peers = cursor.length() / IPV4_PEER_BYTES;
        hasPeers = cursor.length() % IPV4_PEER_BYTES == 0;
      } else if (is(body, key, length, PEERS6)) {
        ipv6PeersAt = cursor.string();
        ipv6Peers = cursor.length() / IPV6_PEER_BYTES;
        hasPeers &= cursor.length() % IPV6_PEER_BYTES == 0;
      } else {
        cursor.skip();
      }
      previousKey = key;
      previousLength = length;
    }
    if (!cursor.atEnd()) {
      return Verdict.NOT_BENCODED;
    }
    if (interval <= 0) {
      return Verdict.NO_INTERVAL;
    }
    if (!hasPeers) {
      return Verdict.BAD_PEERS;
    }
    if (peers() > numwant) {
      return Verdict.TOO_MANY_PEERS;
    }
    return seeders + leechers > 0 || stopped ? Verdict.OK : Verdict.EMPTY_SWARM;
  }

  /** Checks the peers of the announce judged last, which was found to be right otherwise. */
  Verdict checkPeers(ByteBuffer body, PeerCheck check, long asker, RequestKind kind) {
    check.begin(asker, kind);
    check.add(body, ipv4PeersAt, ipv4Peers, IPV4_PEER_BYTES);
    if (ipv6Peers > 0) {
      check.add(body, ipv6PeersAt, ipv6Peers, IPV6_PEER_BYTES);
    }
    return check.end((int) seeders, (int) leechers);
  }

  /** Judges the answer to a scrape of one swarm. */
  Verdict scrape(ByteBuffer body, int from, int to, int swarm) {
    infoHash.clear();
    Population.putInfoHash(infoHash, swarm);
    boolean found = false;
    cursor.start(body, from, to);
    cursor.enter();
    while (!cursor.leave()) {
      int key = cursor.string();
      if (cursor.broken()) {
        return Verdict.NOT_BENCODED;
      }
      if (is(body, key, cursor.length(), FAILURE_REASON)) {
        return Verdict.FAILURE;
      } else if (is(body, key, cursor.length(), FILES)) {
        found = findEntry(body);
      } else {
        cursor.skip();
      }
    }
    if (!cursor.atEnd()) {
      return Verdict.NOT_BENCODED;
    }
    return found ? Verdict.OK : Verdict.NO_SCRAPE_ENTRY;
  }

  private boolean findEntry(ByteBuffer body) {
    boolean found = false;
    cursor.enter();
    while (!cursor.leave()) {
      int key = cursor.string();
      found |= is(body, key, cursor.length(), infoHash.array());
      cursor.skip();
    }
    return found;
  }

  private static boolean is(ByteBuffer body, int key, int length, byte[] expected) {
    return length == expected.length && Bytes.matches(body, key, key + length, expected);
  }

  private static boolean ascending(ByteBuffer body, int a, int aLength, int b, int bLength) {
    for (int i = 0; i < Math.min(aLength, bLength); i++) {
      int difference = (body.get(b + i) & 0xff) - (body.get(a + i) & 0xff);
      if (difference != 0) {
        return difference > 0;
      }
    }
    return a < 0 || aLength < bLength;
  }
}
