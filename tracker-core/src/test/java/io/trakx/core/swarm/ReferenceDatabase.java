package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.Bytes20;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A database in a hash map, to which a {@link ChangeLog} takes the changes of a store. It checks
 * them against a {@link ReferenceStore}, which hears of all that happens to them.
 */
final class ReferenceDatabase {
  /** Small, so that a round takes more than one batch. */
  private static final int BATCH_CAPACITY = 5;

  private final ReferenceStore reference;
  private final boolean tracksChanges;
  private final Map<String, Row> rows = new HashMap<>();

  /** The number of the batch that wrote a row last. */
  private final Map<String, Long> writers = new HashMap<>();

  private final Bytes20 infoHash = new Bytes20();
  private ChangeLog log;
  private boolean taken;

  ReferenceDatabase(SwarmStore store, ReferenceStore reference, boolean tracksChanges) {
    this.log = new ChangeLog(store, BATCH_CAPACITY);
    this.reference = reference;
    this.tracksChanges = tracksChanges;
  }

  /**
   * Takes a batch, unless one is on its way.
   *
   * @return whether that ended a round
   */
  boolean take() {
    if (!tracksChanges || taken) {
      return false;
    }
    boolean complete = log.take();
    TorrentChanges batch = log.batch();
    assertThat(complete || batch.size() == BATCH_CAPACITY).as("a batch is full").isTrue();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      batch.infoHash(i, infoHash);
      assertThat(seen.add(infoHash.toString())).as("taken once").isTrue();
      ReferenceStore.Torrent torrent = torrent();
      assertThat(torrent.changed).as("%s has changed", infoHash).isTrue();
      assertThat(batch.seeders(i)).isEqualTo(torrent.count(true));
      assertThat(batch.leechers(i)).isEqualTo(torrent.count(false));
      assertThat(batch.completed(i)).isEqualTo(torrent.pending);
      assertThat(batch.isNew(i)).isEqualTo(!torrent.stored);
      reference.take(infoHash.toString());
    }
    taken = batch.size() > 0;
    return complete;
  }

  /** The batch that is on its way, if any, arrives or fails. */
  void settle(boolean arrives) {
    if (!taken) {
      return;
    }
    taken = false;
    TorrentChanges batch = log.batch();
    long sequence = log.sequence();
    for (int i = 0; i < batch.size(); i++) {
      batch.infoHash(i, infoHash);
      String key = infoHash.toString();
      Row row = rows.get(key);
      if (batch.isNew(i) && row != null) {
        log.completedKnown(infoHash, row.completed);
        reference.know(key, row.completed);
      }
      if (arrives) {
        write(i);
        reference.acknowledge(key, batch.completed(i));
      } else {
        reference.restore(key);
      }
    }
    if (arrives) {
      log.acknowledge();
    } else {
      log.restore();
    }
    assertThat(log.sequence()).isEqualTo(sequence + 1);
  }

  /** Goes on with a store that was restarted, of which the database still has to tell. */
  void restart(SwarmStore store, boolean arrives) {
    PendingCompletions pending = log.pending();
    long ledger = log.sequence();
    if (taken && arrives) {
      ledger++;
      for (int i = 0; i < log.batch().size(); i++) {
        write(i);
        ReferenceStore.Torrent torrent = reference.torrent(infoHash.toString());
        if (torrent != null) {
          torrent.pending -= log.batch().completed(i);
        }
      }
    }
    taken = false;
    log = new ChangeLog(store, BATCH_CAPACITY);
    log.resume(pending);
    log.resolve(ledger, unwritten(pending));
    rows.forEach((key, row) -> load(key, row));
  }

  /** What the log says is pending must be what the reference says. */
  void checkPending() {
    Map<String, Integer> expected = new HashMap<>();
    for (String key : reference.infoHashes()) {
      int pending = Objects.requireNonNull(reference.torrent(key)).pending;
      if (pending > 0) {
        expected.put(key, pending);
      }
    }
    Map<String, Integer> actual = new HashMap<>();
    PendingCompletions pending = log.pending();
    for (int i = 0; i < pending.size(); i++) {
      pending.infoHash(i, infoHash);
      assertThat(actual.put(infoHash.toString(), pending.pending(i))).as("there once").isNull();
      boolean inFlight = torrent().taken;
      assertThat(pending.inFlight(i))
          .isBetween(inFlight ? 0 : pending.pending(i), pending.pending(i));
    }
    assertThat(actual).isEqualTo(expected);
  }

  /** Writes all that has changed, after which the rows must say what the store says. */
  void checkAll(long completed) {
    if (!tracksChanges) {
      return;
    }
    settle(true);
    boolean complete = false;
    // The first round may have begun earlier, behind what has changed since.
    for (int rounds = 0; rounds < 2; rounds += complete ? 1 : 0) {
      complete = take();
      settle(true);
    }
    assertThat(log.pending().size()).isZero();
    assertThat(rows.values().stream().mapToLong(Row::completed).sum())
        .as("completed downloads, none lost, none counted twice")
        .isEqualTo(completed);
    for (String key : reference.infoHashes()) {
      ReferenceStore.Torrent torrent = Objects.requireNonNull(reference.torrent(key));
      Row row = new Row(torrent.count(true), torrent.count(false), torrent.completed);
      assertThat(rows.get(key)).isEqualTo(row);
    }
  }

  private void write(int index) {
    TorrentChanges batch = log.batch();
    batch.infoHash(index, infoHash);
    Row row = rows.getOrDefault(infoHash.toString(), new Row(0, 0, 0));
    int completed = row.completed + batch.completed(index);
    Row written = new Row(batch.seeders(index), batch.leechers(index), completed);
    rows.put(infoHash.toString(), written);
    writers.put(infoHash.toString(), log.sequence() + 1);
  }

  /** What the rows lack of what a store that was restarted says was pending. */
  private int[] unwritten(PendingCompletions pending) {
    int[] unwritten = new int[pending.size()];
    for (int i = 0; i < unwritten.length; i++) {
      pending.infoHash(i, infoHash);
      unwritten[i] = pending.unwritten(i, writers.getOrDefault(infoHash.toString(), 0L));
    }
    return unwritten;
  }

  private void load(String key, Row row) {
    infoHash.read(HexFormat.of().parseHex(key), 0);
    boolean worthless = row.seeders == 0 && row.leechers == 0 && row.completed == 0;
    boolean loaded = log.load(infoHash, row.completed, row.seeders, row.leechers);
    if (loaded && (!worthless || reference.torrent(key) != null)) {
      reference.load(key, row.seeders, row.leechers, row.completed);
    }
  }

  private ReferenceStore.Torrent torrent() {
    return Objects.requireNonNull(reference.torrent(infoHash.toString()), "known to the reference");
  }

  private record Row(int seeders, int leechers, int completed) {}
}
