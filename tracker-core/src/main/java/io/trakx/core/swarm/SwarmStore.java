package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.limit.AddressLimiter;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.InfoHashBatch;
import io.trakx.core.protocol.Scrape;
import java.util.random.RandomGenerator;

/**
 * All swarms of a tracker, in memory, in lock stripes. Thread-safe.
 *
 * <p>An info-hash's keyed hash ({@link SipHash}) names its stripe by the upper bits and its place
 * in the stripe's table by the lower ones, so that clients, who choose info-hashes, cannot crowd
 * one stripe. An announce or a scraped hash takes one stripe's lock once; no lock covers two
 * stripes, so totals are sums of moments a few microseconds apart.
 *
 * <p>A torrent without peers is kept as long as it has completed downloads to report and there is
 * room; under pressure (fewer than a sixteenth of the limit left) the sweep drops it. Where changes
 * are tracked, it is also kept until the database has heard that its peers are gone, if it has a
 * row of it, and under pressure as long as completed downloads have yet to be written.
 */
public final class SwarmStore {
  /**
   * The longest timeout that minutes of 14 bits can tell: a day less than they wrap around in. That
   * leaves twelve hours for a sweep to come late, and as much for peers seen after it began.
   */
  public static final int MAX_TIMEOUT_MINUTES = (1 << 14) - 24 * 60;

  private static final int STRIPES = 1024;

  private final SipHash sipHash;
  private final StoreBudget budget;
  private final UniqueAddresses uniqueAddresses;
  private final Stripe[] stripes;
  private final int stripeShift;
  private final Prefetch prefetch = new Prefetch(this);

  /**
   * A store that does not track changes.
   *
   * @param secrets where the hash keys and the samplers' seeds come from; a cryptographic source
   *     where strangers announce
   */
  public SwarmStore(StoreLimits limits, RandomGenerator secrets) {
    this(limits, secrets, false);
  }

  /**
   * @param secrets where the hash keys and the samplers' seeds come from; a cryptographic source
   *     where strangers announce
   * @param tracksChanges whether a {@link ChangeLog} takes the changed torrents to a database
   */
  public SwarmStore(StoreLimits limits, RandomGenerator secrets, boolean tracksChanges) {
    this(limits, secrets, STRIPES, tracksChanges);
  }

  /**
   * @param secrets where the hash keys and the samplers' seeds come from; a cryptographic source
   *     where strangers announce
   * @param tracksChanges whether a {@link ChangeLog} takes the changed torrents to a database
   * @param limiter says how many newcomers an address may bring; asked about no others
   */
  public SwarmStore(
      StoreLimits limits, RandomGenerator secrets, boolean tracksChanges, AddressLimiter limiter) {
    this(limits, secrets, STRIPES, tracksChanges, limiter);
  }

  /** A store with as many stripes as given, a power of two. */
  SwarmStore(StoreLimits limits, RandomGenerator secrets, int stripeCount, boolean tracksChanges) {
    this(limits, secrets, stripeCount, tracksChanges, AddressLimiter.OFF);
  }

  private SwarmStore(
      StoreLimits limits,
      RandomGenerator secrets,
      int stripeCount,
      boolean tracksChanges,
      AddressLimiter limiter) {
    stripes = new Stripe[stripeCount];
    stripeShift = Long.SIZE - Integer.numberOfTrailingZeros(stripeCount);
    sipHash = new SipHash(secrets.nextLong(), secrets.nextLong());
    budget = new StoreBudget(limits);
    uniqueAddresses = new UniqueAddresses(new SipHash(secrets.nextLong(), secrets.nextLong()));
    for (int i = 0; i < stripeCount; i++) {
      FastRandom random = new FastRandom(secrets.nextLong());
      stripes[i] = new Stripe(sipHash, random, budget, uniqueAddresses, tracksChanges, limiter);
    }
  }

  /**
   * Takes in what a peer says of itself and samples the swarm's other peers for it.
   *
   * <p>Peers of the asker's family come first; where {@link AnnounceRequest#bothFamilies()} holds,
   * the other family's fill up what room is left. A seeder gets leechers only, a stopping peer gets
   * none, nobody gets itself.
   *
   * @param request with a port from 1 to 65535, unless its event is {@code STOPPED}
   * @param wanted the most peers to sample, 0 or more; no more than {@code response} has room for
   * @param minute the time in minutes, of any origin; it wraps around after 2^14
   * @param response reset; gets the figures and the peers
   */
  public AnnounceOutcome announce(
      AnnounceRequest request, int wanted, int minute, AnnounceResponse response) {
    long hash = hash(request.infoHash());
    int room = Math.min(wanted, response.maxPeers());
    return stripe(hash).announce((int) hash, request, room, minute, response);
  }

  /**
   * Prepares for announces of these torrents that follow at once, by reading what they will read.
   * Worth its while for a batch, whose waits for memory then overlap. Takes no lock.
   *
   * @param batch one info-hash or more; its notes are overwritten
   */
  public void prefetch(InfoHashBatch batch) {
    prefetch.read(batch);
  }

  /**
   * Fills in the figures of the {@code index}th info-hash of {@code scrape}; zeros if unknown.
   *
   * @param infoHash that info-hash
   */
  public void scrape(Bytes20 infoHash, Scrape scrape, int index) {
    long hash = hash(infoHash);
    stripe(hash).scrape((int) hash, infoHash, scrape, index);
  }

  /**
   * Removes all peers last seen more than {@code timeoutMinutes} before {@code minute}, and
   * torrents that are not worth keeping. Holds each lock for a bounded number of peers only. A peer
   * that moves while the sweep passes may be missed; the next sweep finds it. A peer that announces
   * in a later minute while the sweep still runs stays.
   *
   * @param minute of the same clock as the announces'
   * @param timeoutMinutes 1 to {@link #MAX_TIMEOUT_MINUTES}
   * @param rest called after each bounded part, without a lock; may take its time
   */
  public SweepResult sweep(int minute, int timeoutMinutes, Runnable rest) {
    SweepCursor cursor = new SweepCursor();
    for (Stripe stripe : stripes) {
      stripe.start(cursor);
      boolean complete = false;
      while (!complete) {
        complete = stripe.sweep(cursor, minute, timeoutMinutes);
        rest.run();
      }
    }
    return new SweepResult(cursor.cleaned, cursor.forgotten);
  }

  /** Shows every torrent to {@code visitor}, stripe after stripe, in no order. */
  public void forEach(SwarmVisitor visitor) {
    forEach(visitor, () -> {});
  }

  /**
   * Shows every torrent to {@code visitor}, stripe after stripe, in no order.
   *
   * @param rest called after each stripe, without a lock; may take its time
   */
  public void forEach(SwarmVisitor visitor, Runnable rest) {
    Bytes20 scratch = new Bytes20();
    for (Stripe stripe : stripes) {
      stripe.forEach(visitor, scratch);
      rest.run();
    }
  }

  /** How much the store holds; takes every stripe's lock for a moment. */
  public StoreTotals totals() {
    Roster.Totals totals = new Roster.Totals();
    for (Stripe stripe : stripes) {
      stripe.addTo(totals);
    }
    return new StoreTotals(
        totals.swarms(),
        budget.torrents(),
        totals.peers(AddressFamily.IPV4, true),
        totals.peers(AddressFamily.IPV4, false),
        totals.peers(AddressFamily.IPV6, true),
        totals.peers(AddressFamily.IPV6, false),
        uniqueAddresses.count());
  }

  /** An info-hash's hash, by which it has its stripe and its position there. */
  long hash(Bytes20 infoHash) {
    return hash(infoHash.high(), infoHash.middle(), infoHash.low());
  }

  long hash(long high, long middle, int low) {
    return sipHash.hash(high, middle, SipHash.lastWord(Bytes20.BYTES, low & 0xffff_ffffL));
  }

  /** The stripe of an info-hash with this hash. */
  Stripe stripe(long hash) {
    return stripes[(int) (hash >>> stripeShift) & (stripes.length - 1)];
  }

  /** The stripes, for those who check them. */
  Stripe[] stripes() {
    return stripes;
  }

  StoreBudget budget() {
    return budget;
  }

  UniqueAddresses uniqueAddresses() {
    return uniqueAddresses;
  }

  SipHash sipHash() {
    return sipHash;
  }
}
