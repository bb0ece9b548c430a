package io.trakx.core.limit;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Counts what single addresses ask for, and says when it is too much. Thread-safe, lock-free, makes
 * no garbage.
 *
 * <p>Addresses are told apart by a keyed hash of the whole IPv4 address or of the upper half of the
 * IPv6 address; ports do not count. That an address is its client's own is for the caller to know:
 * what was sent under a forged sender must not be counted here.
 */
public final class AddressLimiter {
  /** Limits nothing. */
  public static final AddressLimiter OFF = new AddressLimiter();

  /** Addresses that ask more than once within a millisecond or so: 128 KiB. */
  private static final int REQUEST_CELLS = 1 << 14;

  /** Addresses that bring torrents within the same minute: 128 KiB. */
  private static final int TORRENT_CELLS = 1 << 14;

  /** Pairs of address and swarm that gain a peer within the same minute: 512 KiB. */
  private static final int PORT_CELLS = 1 << 16;

  private final SipHash sipHash;
  private final @Nullable TokenBuckets requests;
  private final @Nullable TokenBuckets torrents;
  private final @Nullable TokenBuckets ports;
  private final long originNanos;

  private AddressLimiter() {
    sipHash = new SipHash(0, 0);
    requests = null;
    torrents = null;
    ports = null;
    originNanos = 0;
  }

  /**
   * @param peerTimeoutMinutes how long a peer stays listed that does not announce
   * @param secrets draws the key of the hash; a cryptographic source where strangers announce
   * @param originNanos the time now, of the clock that {@link #mayAsk} is told
   */
  public AddressLimiter(
      AddressLimits limits, int peerTimeoutMinutes, RandomGenerator secrets, long originNanos) {
    this.sipHash = new SipHash(secrets.nextLong(), secrets.nextLong());
    this.requests = buckets(REQUEST_CELLS, limits.requestsPerMinute(), TimeUnit.MINUTES.toNanos(1));
    this.torrents = buckets(TORRENT_CELLS, limits.torrentsPerHour(), TimeUnit.HOURS.toMinutes(1));
    this.ports = buckets(PORT_CELLS, limits.portsPerSwarm(), peerTimeoutMinutes);
    this.originNanos = originNanos;
  }

  private static @Nullable TokenBuckets buckets(int cells, long tokens, long ticks) {
    return tokens == 0 ? null : new TokenBuckets(cells, tokens, ticks);
  }

  /**
   * Counts an announce or a scrape.
   *
   * @param nanos the time, at most some milliseconds old
   * @return whether the client may have an answer
   */
  public boolean mayAsk(PeerAddress client, long nanos) {
    return requests == null || requests.take(hash(client), nanos - originNanos);
  }

  /**
   * Counts a torrent that nobody had announced before.
   *
   * @param minute the time in minutes, from 0 on
   * @return whether the client may bring it
   */
  public boolean mayBringTorrent(PeerAddress client, int minute) {
    return torrents == null || torrents.take(hash(client), minute);
  }

  /**
   * Counts a peer that joins a swarm.
   *
   * <p>Buckets and not counts of what is listed, which would have to be kept for each address of
   * each swarm, or the swarm read for each newcomer. What follows from it: at most the limit at
   * once, and at most twice of it ever, since within the time that a peer stays listed a bucket
   * gives what it held and what it earns.
   *
   * @param minute the time in minutes, from 0 on
   * @return whether it may be listed
   */
  public boolean mayJoin(PeerAddress client, Bytes20 infoHash, int minute) {
    return ports == null || ports.take(hash(client, infoHash), minute);
  }

  private long hash(PeerAddress client) {
    return client.family() == AddressFamily.IPV4
        ? sipHash.hash(SipHash.lastWord(AddressFamily.IPV4.addressBytes(), client.low()))
        : sipHash.hash(client.network(), 0, SipHash.lastWord(AddressFamily.IPV6.addressBytes(), 0));
  }

  /** Folded to eight bytes: whoever finds two info-hashes alike is limited in both together. */
  private long hash(PeerAddress client, Bytes20 infoHash) {
    long folded = infoHash.high() ^ infoHash.middle() ^ infoHash.low();
    return sipHash.hash(client.network(), folded, SipHash.lastWord(2 * Long.BYTES + 1, 0));
  }
}
