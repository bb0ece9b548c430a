package io.trakx.core.swarm;

import io.trakx.core.protocol.Bytes20;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a {@link SwarmStore} on their way to a database, so that no completed download is
 * lost and none is counted twice, whoever dies when.
 *
 * <pre>
 * take ──▶ batch ──▶ written ──▶ acknowledge     its completed downloads are no longer pending
 *   ▲                   │
 *   └──── restore ◀── failed                     its torrents are marked again
 * </pre>
 *
 * <p>Changes are marks at the torrents, not a queue, so that a database that is away costs no
 * memory. Batches are numbered, and each is written together with its number, in one transaction:
 * who doubts whether the last one arrived reads the number, the database's <em>ledger</em>.
 *
 * <p>One thread takes batches, writes and settles them; others may ask for what is {@link
 * #pending}. The lock is held for a batch's way through memory, never for that to the database, and
 * comes before a stripe's. Announces do not take it.
 */
public final class ChangeLog {
  private final SwarmStore store;
  private final Stripe[] stripes;
  private final TorrentChanges batch;
  private final TableCursor cursor = new TableCursor();
  private final Bytes20 scratch = new Bytes20();
  private int stripe;
  private long sequence;
  private @Nullable PendingCompletions unresolved;

  /**
   * @param store one that tracks changes, unless no batches are taken
   * @param batchCapacity the most torrents in a batch, 1 or more
   */
  public ChangeLog(SwarmStore store, int batchCapacity) {
    this.store = store;
    this.stripes = store.stripes();
    this.batch = new TorrentChanges(batchCapacity);
    stripes[0].start(cursor);
  }

  /**
   * The number of the last batch that was settled, 0 for none; no two batches have the same, so
   * that one that failed is never taken for the next.
   */
  public synchronized long sequence() {
    return sequence;
  }

  /**
   * Takes changed torrents into {@link #batch}, at most as many as it has room for. It stays empty
   * if nothing has changed.
   *
   * @return whether this ends a round, in which every torrent marked at its start was looked at
   * @throws IllegalStateException if the last batch is neither acknowledged nor restored, or what
   *     was pending in an earlier life is not resolved
   */
  public synchronized boolean take() {
    if (batch.size() > 0 || unresolved != null) {
      throw new IllegalStateException("a batch or an earlier life's is not settled");
    }
    while (!batch.isFull()) {
      if (stripes[stripe].take(cursor, batch)) {
        stripe = (stripe + 1) % stripes.length;
        stripes[stripe].start(cursor);
        if (stripe == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The batch that was taken, the number of which is {@code sequence() + 1}. For the thread that
   * takes it.
   */
  public TorrentChanges batch() {
    return batch;
  }

  /** The batch is in the database: empties it and counts it. */
  public synchronized void acknowledge() {
    for (int i = 0; i < batch.size(); i++) {
      batch.infoHash(i, scratch);
      long hash = store.hash(scratch);
      store.stripe(hash).acknowledge((int) hash, scratch, batch.completed(i));
    }
    if (batch.size() > 0) {
      sequence++;
    }
    batch.clear();
  }

  /** The batch is not in the database: empties it, to be taken again. Its number is used up. */
  public synchronized void restore() {
    for (int i = 0; i < batch.size(); i++) {
      batch.infoHash(i, scratch);
      long hash = store.hash(scratch);
      store.stripe(hash).restore((int) hash, scratch);
    }
    if (batch.size() > 0) {
      sequence++;
    }
    batch.clear();
  }

  /**
   * The database has a row of a torrent, with {@code databaseCount} completed downloads, those of
   * the batch not included: what is pending comes on top. Changes nothing if it is not known.
   */
  public void completedKnown(Bytes20 infoHash, long databaseCount) {
    long hash = store.hash(infoHash);
    store.stripe(hash).completedKnown((int) hash, infoHash, databaseCount);
  }

  /**
   * Takes in a row of the database: makes the torrent known if it is not, and marks it if its
   * counts differ from the row's. A row of nothing but zeros makes no torrent known.
   *
   * @param databaseCount completed downloads; what is pending comes on top
   * @param seeders as the row says
   * @param leechers as the row says
   * @return false if there is no room: too few torrents more fit
   */
  public boolean load(Bytes20 infoHash, long databaseCount, int seeders, int leechers) {
    long hash = store.hash(infoHash);
    return store.stripe(hash).load((int) hash, infoHash, databaseCount, seeders, leechers);
  }

  /**
   * All completed downloads that the database is not known to have, at one moment of the batches.
   * Those counted meanwhile may be in or not.
   */
  public synchronized PendingCompletions pending() {
    PendingCompletions pending = new PendingCompletions(sequence);
    for (int i = 0; i < batch.size(); i++) {
      batch.infoHash(i, scratch);
      long hash = store.hash(scratch);
      int count = store.stripe(hash).pending((int) hash, scratch);
      if (count > 0) {
        pending.add(scratch, count, batch.completed(i));
      }
    }
    for (Stripe each : stripes) {
      pending.reserve(each.torrents());
      each.collectPending(pending, unresolved == null, scratch);
    }
    if (unresolved != null) {
      pending.addAll(unresolved);
    }
    return pending;
  }

  /**
   * Continues after an earlier life, of which {@code pending} was kept. Until {@link #resolve} says
   * what the database has of it, it is part of what is pending.
   */
  public synchronized void resume(PendingCompletions pending) {
    sequence = pending.sequence();
    unresolved = pending;
  }

  /** What an earlier life left and {@link #resolve} has not settled yet, if anything. */
  public synchronized @Nullable PendingCompletions unresolved() {
    return unresolved;
  }

  /**
   * Settles what an earlier life left, there being no way to tell what of it was written but the
   * number of the last batch.
   *
   * @param ledger that number; {@link #sequence} without a database
   */
  public synchronized void resolve(long ledger) {
    PendingCompletions left = unresolved;
    int[] unwritten = new int[left == null ? 0 : left.size()];
    for (int i = 0; left != null && i < unwritten.length; i++) {
      unwritten[i] = left.unwritten(i, ledger);
    }
    resolve(ledger, unwritten);
  }

  /**
   * Settles what an earlier life left, now that the database has told what it has of it.
   *
   * @param ledger the number of the last batch in the database
   * @param unwritten completed downloads that it has not got, for each entry of what is {@link
   *     #unresolved}
   */
  public synchronized void resolve(long ledger, int[] unwritten) {
    PendingCompletions left = unresolved;
    sequence = Math.max(sequence, ledger);
    if (left == null) {
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      if (unwritten[i] > 0) {
        left.infoHash(i, scratch);
        long hash = store.hash(scratch);
        store.stripe(hash).restorePending((int) hash, scratch, unwritten[i]);
      }
    }
    unresolved = null;
    // The number of the batch that was in flight must not come again, should it not have arrived.
    sequence++;
  }
}
