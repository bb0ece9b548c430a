package io.trakx.bench.store;

import io.trakx.core.limit.AddressLimiter;
import io.trakx.core.limit.AddressLimits;
import io.trakx.core.limit.TokenBuckets;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import java.util.Arrays;
import java.util.Random;

/**
 * Swarms and peers known by number, from which requests are made without looking anything up.
 *
 * <p>Peers are numbered through all swarms. What a peer says follows from its number by arithmetic:
 * an address of its own, a port, an id, and by the bits of a hash whether it seeds (half do) and
 * speaks IPv6. Immutable.
 */
public final class Population {
  private static final int INFO_HASH_SALT = 1 << 30;
  private static final int TRAITS_SALT = 1 << 29;

  private final int[] firstPeers;
  private final int ipv6Share;

  private Population(int[] sizes, int ipv6Percent) {
    firstPeers = new int[sizes.length + 1];
    for (int swarm = 0; swarm < sizes.length; swarm++) {
      firstPeers[swarm + 1] = Math.addExact(firstPeers[swarm], sizes[swarm]);
    }
    ipv6Share = ipv6Percent * 256 / 100;
  }

  /**
   * Reads a description.
   *
   * @param description {@code PEERSxSWARMS}, such as {@code 50x100000}: that many peers in each; or
   *     {@code zipf:PEERSxSWARMS}: that many in all, the swarm of rank r having a share of 1/r, but
   *     at most 20,000 and at least 1
   */
  public static Population of(String description, int ipv6Percent) {
    boolean zipf = description.startsWith("zipf:");
    String numbers = zipf ? description.substring("zipf:".length()) : description;
    int cross = numbers.indexOf('x');
    int peers = Integer.parseInt(numbers.substring(0, cross));
    int[] sizes = new int[Integer.parseInt(numbers.substring(cross + 1))];
    if (zipf) {
      Zipf.sizes(sizes, peers, 20_000);
    } else {
      Arrays.fill(sizes, peers);
    }
    return new Population(sizes, ipv6Percent);
  }

  int swarms() {
    return firstPeers.length - 1;
  }

  /** Peers of all swarms. */
  public int peers() {
    return firstPeers[swarms()];
  }

  int size(int swarm) {
    return firstPeers[swarm + 1] - firstPeers[swarm];
  }

  /** The number of a swarm's first peer; the others follow. */
  int firstPeer(int swarm) {
    return firstPeers[swarm];
  }

  /** The swarm that a peer is in. */
  public int swarmOf(int peer) {
    int found = Arrays.binarySearch(firstPeers, peer);
    return found >= 0 ? found : -found - 2;
  }

  /** Writes a swarm's info-hash. */
  static void fill(Bytes20 target, int swarm) {
    long high = Mix.mix((long) swarm + INFO_HASH_SALT);
    target.set(high, high * 0x9e3779b97f4a7c15L, (int) high);
  }

  /** Makes {@code request} what a peer says to a swarm; the event stays. */
  public void fill(AnnounceRequest request, int swarm, int peer) {
    fill(request.infoHash(), swarm);
    int traits = Mix.mix(peer ^ TRAITS_SALT);
    int address = Mix.mix(peer);
    request.peerId().set(0x2d54523330303030L, (long) address << 32 | traits, peer);
    if ((traits & 0xff) < ipv6Share) {
      request.address().ipv6(0x2001_0db8_0000_0000L | peer >>> 8, (long) address << 32 | traits);
    } else {
      request.address().ipv4(address);
    }
    request.address().port(traits >>> 8 | 1);
    request.left(traits < 0 ? 0 : 1);
  }

  /** A store that counts as one with limits does and refuses nobody, the same each time. */
  public SwarmStore newStore() {
    StoreLimits limits =
        new StoreLimits(Long.MAX_VALUE, Long.MAX_VALUE, StoreLimits.MAX_PEERS_PER_SWARM);
    AddressLimits ofAddress =
        new AddressLimits(0, TokenBuckets.MAX_CAPACITY, TokenBuckets.MAX_CAPACITY);
    AddressLimiter limiter = new AddressLimiter(ofAddress, 45, new Random(2), 0);
    return new SwarmStore(limits, new Random(1), false, limiter);
  }

  /** Announces every peer to its swarm, in the order of a shuffled deck. */
  public void announceAll(SwarmStore store, int minute) {
    AnnounceRequest request = new AnnounceRequest();
    AnnounceResponse response = new AnnounceResponse(0);
    long peers = peers();
    long step = 0x9e3779b1L;
    while (gcd(step, peers) != 1) {
      step += 2;
    }
    for (long i = 0; i < peers; i++) {
      int peer = (int) (i * step % peers);
      fill(request, swarmOf(peer), peer);
      response.reset();
      store.announce(request, 0, minute, response);
    }
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
