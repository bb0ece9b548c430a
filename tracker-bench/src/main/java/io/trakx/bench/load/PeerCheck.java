package io.trakx.bench.load;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Checks the peers of an announce's answer one by one: each is of the swarm asked about, none comes
 * twice, the asker is not among them, and they are as many as were wanted where the swarm has them.
 *
 * <p>Everything about a peer of the population follows from its number, and its number from its
 * swarm and port, so nothing needs to be remembered. Of the answers one in {@value #EVERY} is
 * checked, so that the load does not cost noticeably more; of the others peers are only counted.
 *
 * <p>Not thread-safe; allocates nothing once it has seen a full swarm.
 */
final class PeerCheck {
  /** One answer of so many is checked. */
  static final int EVERY = 64;

  /** The most IPv6 peers that go into a UDP answer of one packet. */
  private static final int MOST_IPV6_PEERS = 79;

  private final Population population;
  private final int numwant;
  private final boolean askerMayBeGiven;
  private final BitSet seen = new BitSet();
  private int answers;
  private long asker;
  private boolean leaves;
  private boolean seeds;
  private int given;
  private boolean ipv6;
  private Verdict verdict = Verdict.OK;

  /**
   * @param numwant how many peers are asked for
   * @param askerMayBeGiven whether it is no fault to tell a peer of itself
   */
  PeerCheck(Population population, int numwant, boolean askerMayBeGiven) {
    this.population = population;
    this.numwant = numwant;
    this.askerMayBeGiven = askerMayBeGiven;
  }

  /** Whether the answer to a request of this kind, the next one, is to be checked. */
  boolean isDue(RequestKind kind) {
    return kind != RequestKind.SCRAPE && answers++ % EVERY == 0;
  }

  /** Begins with the answer to {@code peer}. */
  void begin(long peer, RequestKind kind) {
    asker = peer;
    leaves = kind == RequestKind.STOPPED;
    seeds = kind == RequestKind.COMPLETED || population.seeds(peer);
    given = 0;
    ipv6 = false;
    verdict = Verdict.OK;
    seen.clear();
  }

  /** Goes on with {@code count} compact peers of one family, which begin at {@code from}. */
  void add(ByteBuffer answer, int from, int count, int bytesPerPeer) {
    int addressBytes = bytesPerPeer - Short.BYTES;
    ipv6 |= addressBytes != Integer.BYTES;
    given += count;
    for (int i = 0; i < count; i++) {
      int at = from + i * bytesPerPeer;
      int port = answer.getShort(at + addressBytes) & 0xffff;
      long peer = population.peerAt(population.swarm(asker), port);
      if (peer < 0 || !isAddress(answer, at, addressBytes, population.source(peer))) {
        fault(Verdict.FOREIGN_PEER);
      } else if (peer == asker && !askerMayBeGiven) {
        fault(Verdict.ASKER_GIVEN);
      } else if (seen.get(port)) {
        fault(Verdict.PEER_GIVEN_TWICE);
      }
      seen.set(port);
    }
  }

  /** Over IPv6 all peers are at ::1. */
  private static boolean isAddress(ByteBuffer answer, int at, int addressBytes, int source) {
    return addressBytes == Integer.BYTES
        ? answer.getInt(at) == Population.address(source)
        : answer.getLong(at) == 0 && answer.getLong(at + Long.BYTES) == 1;
  }

  /**
   * Ends with what the answer says of the swarm's size, the asker counted.
   *
   * @return the first fault found, or {@link Verdict#OK}
   */
  Verdict end(int seeders, int leechers) {
    // A seeder has no use for others, and some trackers give it none.
    int others = seeds ? leechers : seeders + leechers - 1;
    int wanted = ipv6 ? Math.min(numwant, MOST_IPV6_PEERS) : numwant;
    if (!leaves && given < Math.min(wanted, others)) {
      fault(Verdict.TOO_FEW_PEERS);
    }
    return verdict;
  }

  private void fault(Verdict found) {
    if (verdict == Verdict.OK) {
      verdict = found;
    }
  }
}
