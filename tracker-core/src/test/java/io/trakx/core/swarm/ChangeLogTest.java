package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.Scrape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeLogTest {
  private static final int BATCH_CAPACITY = 10;
  private static final int TIMEOUT_MINUTES = 45;

  private SwarmStore store = store(1000);
  private ChangeLog log = new ChangeLog(store, BATCH_CAPACITY);

  @AfterEach
  void storeIsSound() {
    StoreInvariants.check(store);
  }

  @Test
  void takesEachChangedTorrentOnceInBatches() {
    for (int torrent = 0; torrent < 25; torrent++) {
      announce(Peer.ipv4(1).leeching(Peer.infoHash(torrent)));
    }
    List<Integer> sizes = new ArrayList<>();
    List<Integer> torrents = new ArrayList<>();
    boolean complete = false;
    while (!complete) {
      complete = log.take();
      sizes.add(log.batch().size());
      torrents.addAll(taken());
      log.acknowledge();
    }
    assertThat(sizes).containsExactly(10, 10, 5);
    assertThat(torrents).doesNotHaveDuplicates().hasSize(25);
    assertThat(log.sequence()).isEqualTo(3);
    assertThat(log.take()).isTrue();
    assertThat(log.batch().size()).isZero();
  }

  @Test
  void countsNoEmptyBatch() {
    assertThat(log.take()).isTrue();
    log.acknowledge();
    assertThat(log.sequence()).isZero();
  }

  @Test
  void aPeerThatComesAgainIsNoChange() {
    announce(Peer.ipv4(1).leeching(Peer.infoHash(1)));
    writeAll();
    announce(Peer.ipv4(1).leeching(Peer.infoHash(1)));
    log.take();
    assertThat(taken()).isEmpty();
    announce(Peer.ipv4(1).seeding(Peer.infoHash(1)));
    log.take();
    assertThat(taken()).containsExactly(1);
    assertThat(log.batch().seeders(0)).isEqualTo(1);
    assertThat(log.batch().leechers(0)).isZero();
    assertThat(log.batch().isNew(0)).isFalse();
  }

  @Test
  void aTorrentThatComesAndGoesNeverReachesTheDatabase() {
    announce(Peer.ipv4(1).leeching(Peer.infoHash(1)));
    stop(1);
    assertThat(store.totals().torrents()).isZero();
    log.take();
    assertThat(taken()).isEmpty();
  }

  @Test
  void aStoredTorrentStaysUntilTheDatabaseKnowsThatItIsEmpty() {
    announce(Peer.ipv4(1).leeching(Peer.infoHash(1)));
    writeAll();
    stop(1);
    store.sweep(0, TIMEOUT_MINUTES, () -> {});
    assertThat(store.totals().torrents()).isEqualTo(1);
    log.take();
    assertThat(log.batch().leechers(0)).isZero();
    store.sweep(0, TIMEOUT_MINUTES, () -> {});
    assertThat(store.totals().torrents()).isEqualTo(1);
    log.acknowledge();
    assertThat(store.totals().torrents()).isZero();
  }

  @Test
  void aTorrentThatEmptiesOnTheWayIsWrittenOnceMore() {
    announce(Peer.ipv4(1).leeching(Peer.infoHash(1)));
    log.take();
    stop(1);
    log.acknowledge();
    log.take();
    assertThat(taken()).containsExactly(1);
    assertThat(log.batch().leechers(0)).isZero();
    log.acknowledge();
    assertThat(store.totals().torrents()).isZero();
  }

  @Test
  void aTorrentThatEmptiesOnAFailedWayIsForgotten() {
    announce(Peer.ipv4(1).leeching(Peer.infoHash(1)));
    log.take();
    stop(1);
    log.restore();
    assertThat(store.totals().torrents()).isZero();
  }

  @Test
  void aFailedBatchIsTakenAgainWithWhatCameMeanwhile() {
    complete(1, 1);
    log.take();
    complete(1, 2);
    log.restore();
    assertThat(log.sequence()).isEqualTo(1);
    log.take();
    assertThat(log.batch().completed(0)).isEqualTo(2);
    assertThat(log.batch().isNew(0)).isTrue();
    log.acknowledge();
    complete(1, 3);
    log.take();
    assertThat(log.batch().completed(0)).isEqualTo(1);
    assertThat(downloaded(1)).isEqualTo(3);
  }

  @Test
  void whatTheDatabaseKnowsIsAddedToWhatIsPending() {
    complete(1, 1);
    log.take();
    log.completedKnown(Peer.infoHash(1), 100);
    assertThat(downloaded(1)).isEqualTo(101);
    complete(1, 2);
    log.acknowledge();
    assertThat(downloaded(1)).isEqualTo(102);
    log.completedKnown(Peer.infoHash(1), Integer.MAX_VALUE + 1L);
    assertThat(downloaded(1)).isEqualTo(Integer.MAX_VALUE);
    log.completedKnown(Peer.infoHash(2), 7);
    assertThat(store.totals().torrents()).isEqualTo(1);
  }

  @Test
  void loadsTorrentsThatNobodyHasAnnouncedYet() {
    assertThat(log.load(Peer.infoHash(1), 7, 0, 0)).isTrue();
    assertThat(log.load(Peer.infoHash(2), 0, 3, 4)).isTrue();
    assertThat(log.load(Peer.infoHash(3), 0, 0, 0)).isTrue();
    assertThat(downloaded(1)).isEqualTo(7);
    assertThat(store.totals().torrents()).isEqualTo(2);
    log.take();
    assertThat(taken()).containsExactly(2);
    assertThat(log.batch().isNew(0)).isFalse();
    log.acknowledge();
    assertThat(store.totals().torrents()).isEqualTo(1);
  }

  @Test
  void loadsRowsOfTorrentsThatAreThere() {
    complete(1, 1);
    announce(Peer.ipv4(1).leeching(Peer.infoHash(2)));
    announce(Peer.ipv4(1).leeching(Peer.infoHash(3)));
    log.load(Peer.infoHash(1), 7, 1, 0);
    log.load(Peer.infoHash(2), 8, 0, 1);
    log.load(Peer.infoHash(3), 9, 1, 0);
    assertThat(downloaded(1)).isEqualTo(8);
    log.take();
    assertThat(taken()).as("not 2, of which all is known").containsExactlyInAnyOrder(1, 3);
  }

  @Test
  void loadsNoMoreThanThereIsRoomFor() {
    renew(32);
    int loaded = 0;
    for (int torrent = 0; torrent < 100; torrent++) {
      loaded += log.load(Peer.infoHash(torrent), 1, 0, 0) ? 1 : 0;
    }
    assertThat(loaded).isEqualTo(31);
    assertThat(announce(Peer.ipv4(1).leeching(Peer.infoHash(100))))
        .isEqualTo(AnnounceOutcome.ADDED);
  }

  @Test
  void aTorrentOfWhichCompletedDownloadsArePendingIsNotDroppedForWantOfRoom() {
    renew(3);
    for (int torrent = 0; torrent < 3; torrent++) {
      complete(torrent, 1);
      stop(torrent);
    }
    assertThat(store.sweep(0, TIMEOUT_MINUTES, () -> {}).forgotten()).isZero();
    log.take();
    assertThat(store.sweep(0, TIMEOUT_MINUTES, () -> {}).forgotten()).isZero();
    log.acknowledge();
    assertThat(store.sweep(0, TIMEOUT_MINUTES, () -> {}).forgotten()).isEqualTo(1);
  }

  @Test
  void takesNothingBeforeTheLastBatchIsSettled() {
    announce(Peer.ipv4(1).leeching(Peer.infoHash(1)));
    log.take();
    assertThatIllegalStateException().isThrownBy(() -> log.take());
  }

  /** Whatever the database had got of it, an earlier life's completed downloads are there once. */
  @ParameterizedTest
  @CsvSource({"4, 3, 100", "5, 3, 100", "6, 1, 102", "7, 0, 103", "99, 0, 103"})
  void continuesAfterAnEarlierLife(long ledger, int unwritten, long databaseCount) {
    PendingCompletions earlier = new PendingCompletions(5);
    earlier.add(Peer.infoHash(1), 3, 2);
    log.resume(earlier);
    assertThat(log.sequence()).isEqualTo(5);
    assertThatIllegalStateException().isThrownBy(() -> log.take());
    assertThat(log.pending().unwritten(0, ledger)).isEqualTo(unwritten);
    complete(1, 1);

    log.resolve(ledger);

    long sequence = Math.max(5, ledger) + 1;
    assertThat(log.sequence()).isEqualTo(sequence);
    log.take();
    assertThat(log.batch().completed(0)).isEqualTo(unwritten + 1);
    log.completedKnown(Peer.infoHash(1), databaseCount);
    log.acknowledge();
    assertThat(log.sequence()).isEqualTo(sequence + 1);
    assertThat(downloaded(1)).isEqualTo(104);
  }

  /** A kill in the middle of a round: some rows were written by a batch since, some were not. */
  @Test
  void settlesEachTorrentOfAnEarlierLifeByItsOwnRow() {
    complete(1, 1);
    complete(2, 1);
    PendingCompletions kept = log.pending();
    int first = low(kept, 0) == 1 ? 0 : 1;
    ChangeLog continued = new ChangeLog(store(1000), BATCH_CAPACITY);
    continued.resume(kept);
    int[] unwritten = new int[2];
    unwritten[first] = kept.unwritten(first, kept.sequence() + 1);
    unwritten[1 - first] = kept.unwritten(1 - first, 0);
    continued.resolve(kept.sequence() + 1, unwritten);
    assertThat(continued.unresolved()).isNull();
    continued.take();
    assertThat(continued.batch().size()).isEqualTo(1);
    assertThat(continued.batch().completed(0)).isEqualTo(1);
    assertThat(low(continued.pending(), 0)).isEqualTo(2);
  }

  @Test
  void givesNoTwoBatchesTheSameNumber() {
    complete(1, 1);
    log.take();
    long failed = log.sequence() + 1;
    log.restore();
    log.take();
    assertThat(log.sequence() + 1).isGreaterThan(failed);
  }

  private static int low(PendingCompletions pending, int index) {
    Bytes20 infoHash = new Bytes20();
    pending.infoHash(index, infoHash);
    return infoHash.low();
  }

  @Test
  void keepsWhatIsPendingBeyondTheLimitOfTorrents() {
    renew(1);
    PendingCompletions earlier = new PendingCompletions(5);
    earlier.add(Peer.infoHash(1), 3, 0);
    earlier.add(Peer.infoHash(2), 4, 0);
    log.resume(earlier);
    log.resolve(5);
    assertThat(downloaded(1)).isEqualTo(3);
    assertThat(downloaded(2)).isEqualTo(4);
  }

  @Test
  void tellsWhatIsPendingAndHowMuchOfItIsOnItsWay() {
    complete(1, 1);
    complete(1, 2);
    log.take();
    complete(1, 3);
    complete(2, 1);
    PendingCompletions pending = log.pending();
    Bytes20 infoHash = new Bytes20();
    assertThat(pending.size()).isEqualTo(2);
    pending.infoHash(0, infoHash);
    assertThat(infoHash.low()).isEqualTo(1);
    assertThat(pending.pending(0)).isEqualTo(3);
    assertThat(pending.inFlight(0)).isEqualTo(2);
    assertThat(pending.pending(1)).isEqualTo(1);
    // Were there no batch, the next would have it.
    assertThat(pending.inFlight(1)).isEqualTo(1);
  }

  @Test
  void countsUpToTheLargestNumbers() {
    Swarm swarm = new Swarm(0, 0, 1);
    swarm.addPending(Integer.MAX_VALUE);
    assertThat(swarm.pending()).isEqualTo((1 << 30) - 1);
    swarm.know(Integer.MAX_VALUE);
    swarm.countCompleted();
    assertThat(swarm.completed()).isEqualTo(Integer.MAX_VALUE);
    assertThat(swarm.isStored()).isTrue();
    assertThat(swarm.isTaken()).isFalse();
  }

  private void renew(long swarms) {
    store = store(swarms);
    log = new ChangeLog(store, BATCH_CAPACITY);
  }

  private static SwarmStore store(long swarms) {
    return new SwarmStore(new StoreLimits(1000, swarms, 1000), new Random(1), 4, true);
  }

  private void writeAll() {
    boolean complete = false;
    while (!complete) {
      complete = log.take();
      log.acknowledge();
    }
  }

  /** The torrents of the batch. */
  private List<Integer> taken() {
    List<Integer> torrents = new ArrayList<>();
    Bytes20 infoHash = new Bytes20();
    for (int i = 0; i < log.batch().size(); i++) {
      log.batch().infoHash(i, infoHash);
      torrents.add(infoHash.low());
    }
    return torrents;
  }

  private void complete(int torrent, int peer) {
    AnnounceRequest request = Peer.ipv4(peer).leeching(Peer.infoHash(torrent));
    announce(request);
    request.event(AnnounceEvent.COMPLETED);
    assertThat(announce(request)).isEqualTo(AnnounceOutcome.COMPLETED);
  }

  private void stop(int torrent) {
    AnnounceRequest request = Peer.ipv4(1).leeching(Peer.infoHash(torrent));
    request.event(AnnounceEvent.STOPPED);
    assertThat(announce(request)).isEqualTo(AnnounceOutcome.REMOVED);
  }

  private AnnounceOutcome announce(AnnounceRequest request) {
    return store.announce(request, 0, 0, new AnnounceResponse(0));
  }

  private int downloaded(int torrent) {
    Scrape scrape = new Scrape(1);
    store.scrape(Peer.infoHash(torrent), scrape, 0);
    return scrape.downloaded(0);
  }
}
