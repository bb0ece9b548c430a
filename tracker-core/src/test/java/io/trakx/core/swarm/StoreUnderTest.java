package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerList;
import io.trakx.core.protocol.Scrape;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A {@link SwarmStore} and its {@link ReferenceStore}, which get the same calls and must agree in
 * all that can be seen from outside.
 */
final class StoreUnderTest {
  private static final int MAX_PEERS = 200;

  private final Supplier<SwarmStore> stores;
  private final ReferenceStore reference;
  private final ReferenceDatabase database;
  private final StoreLimits limits;
  private final AnnounceResponse response = new AnnounceResponse(MAX_PEERS);
  private int minute;
  private long completed;
  private SwarmStore store;

  /** The stores' clock starts at {@code minute}. */
  StoreUnderTest(StoreLimits limits, int stripes, boolean tracksChanges, long seed, int minute) {
    Random seeds = new Random(seed);
    this.stores = () -> new SwarmStore(limits, seeds, stripes, tracksChanges);
    this.store = stores.get();
    this.reference = new ReferenceStore(limits, tracksChanges);
    this.database = new ReferenceDatabase(store, reference, tracksChanges);
    this.limits = limits;
    this.minute = minute;
  }

  SwarmStore store() {
    return store;
  }

  void advance(int minutes) {
    minute += minutes;
  }

  void announce(AnnounceRequest request, int wanted) {
    String infoHash = request.infoHash().toString();
    response.reset();
    AnnounceOutcome outcome = store.announce(request, wanted, minute, response);
    assertThat(outcome).isEqualTo(reference.announce(request, minute));
    if (outcome == AnnounceOutcome.COMPLETED) {
      completed++;
    }
    ReferenceStore.Torrent torrent = reference.torrent(infoHash);
    if (torrent == null) {
      torrent = new ReferenceStore.Torrent();
    }
    assertThat(response.complete()).as("complete").isEqualTo(torrent.count(true));
    assertThat(response.incomplete()).as("incomplete").isEqualTo(torrent.count(false));
    assertThat(response.downloaded()).as("downloaded").isEqualTo(torrent.completed);
    AddressFamily family = request.address().family();
    int room = request.event() == AnnounceEvent.STOPPED ? 0 : Math.min(wanted, MAX_PEERS);
    checkSample(request, torrent, family, room);
    int left = room - response.peers(family).size();
    checkSample(request, torrent, family.other(), request.bothFamilies() ? left : 0);
  }

  void sweep(int timeoutMinutes) {
    long torrentsBefore = reference.infoHashes().size();
    SweepResult result = store.sweep(minute, timeoutMinutes, () -> {});
    assertThat(result.cleaned()).isEqualTo(reference.sweep(minute, timeoutMinutes));
    // Which torrents go for want of room depends on the order of the sweep; how many is bounded.
    Set<String> held = new HashSet<>();
    store.forEach((infoHash, complete, incomplete, downloaded) -> held.add(infoHash.toString()));
    Set<String> forgotten = new HashSet<>(reference.infoHashes());
    forgotten.removeAll(held);
    forgotten.forEach(reference::forget);
    assertThat(held).isEqualTo(reference.infoHashes());
    assertThat(result.forgotten()).isEqualTo(forgotten.size());
    long scarceFrom = scarceFrom();
    assertThat(result.forgotten())
        .isLessThanOrEqualTo(Math.max(0, torrentsBefore - scarceFrom + 1));
    if (held.size() >= scarceFrom) {
      for (String infoHash : held) {
        ReferenceStore.Torrent torrent = Objects.requireNonNull(reference.torrent(infoHash));
        assertThat(!torrent.peers.isEmpty() || reference.isOwed(torrent)).as("needed").isTrue();
      }
    }
  }

  /** Takes a batch of changes, unless one is on its way. */
  void takeChanges() {
    database.take();
  }

  /** The batch that is on its way, if any, arrives or fails. */
  void settleChanges(boolean arrives) {
    database.settle(arrives);
  }

  /**
   * Goes on with a new store, to which all swarms are brought, as after a restart. Peers too old
   * are left out.
   *
   * @param arrives whether a batch that is on its way arrives nevertheless
   */
  void restart(int timeoutMinutes, boolean arrives) {
    long torrentsBefore = reference.infoHashes().size();
    SwarmStore restarted = stores.get();
    SwarmImport target = new SwarmImport(restarted, minute, 0, timeoutMinutes);
    SwarmExport source = new SwarmExport(store, minute);
    SwarmSlice slice = new SwarmSlice();
    while (source.next(slice)) {
      target.add(slice);
    }
    assertThat(target.peers()).isEqualTo(restarted.totals().peers());
    assertThat(target.torrents()).isEqualTo(restarted.totals().torrents());
    assertThat(target.tooOld()).isEqualTo(reference.restart(minute, timeoutMinutes));
    assertThat(target.refused()).isZero();
    store = restarted;
    database.restart(store, arrives);
    Set<String> forgotten = new HashSet<>(reference.infoHashes());
    store.forEach((infoHash, seeders, leechers, count) -> forgotten.remove(infoHash.toString()));
    assertThat(forgotten.isEmpty() || torrentsBefore >= scarceFrom()).as("scarce").isTrue();
    forgotten.forEach(reference::forget);
  }

  /** Writes all changes to the database, which then must know all. */
  void checkDatabase() {
    database.checkAll(completed);
  }

  /** Compares everything that can be asked of both, and looks inside. */
  void check() {
    database.checkPending();
    assertThat(store.totals()).isEqualTo(reference.totals());
    Set<String> seen = new HashSet<>();
    store.forEach(
        (infoHash, complete, incomplete, downloaded) -> {
          assertThat(seen.add(infoHash.toString())).as("visited once").isTrue();
          checkFigures(infoHash.toString(), complete, incomplete, downloaded);
          checkScrape(infoHash);
        });
    assertThat(seen).isEqualTo(reference.infoHashes());
    StoreInvariants.check(store);
  }

  /** Torrents that leave fewer than a sixteenth of the limit. */
  private long scarceFrom() {
    return limits.swarms() - (limits.swarms() - 1) / 16;
  }

  private void checkScrape(Bytes20 infoHash) {
    Bytes20 asked = new Bytes20();
    asked.set(infoHash.high(), infoHash.middle(), infoHash.low());
    Scrape scrape = new Scrape(1);
    store.scrape(asked, scrape, 0);
    checkFigures(asked.toString(), scrape.complete(0), scrape.incomplete(0), scrape.downloaded(0));
  }

  private void checkFigures(String infoHash, int complete, int incomplete, int downloaded) {
    ReferenceStore.Torrent torrent = Objects.requireNonNull(reference.torrent(infoHash), infoHash);
    assertThat(complete).as("complete").isEqualTo(torrent.count(true));
    assertThat(incomplete).as("incomplete").isEqualTo(torrent.count(false));
    assertThat(downloaded).as("downloaded").isEqualTo(torrent.completed);
  }

  /** Checks one family's part of an answer that may hold {@code room} peers of it. */
  private void checkSample(
      AnnounceRequest request, ReferenceStore.Torrent torrent, AddressFamily family, int room) {
    Peer self = Peer.of(request.address());
    boolean leechersOnly = request.seeder();
    Set<Peer> seeders = leechersOnly ? Set.of() : new HashSet<>(torrent.others(family, self, true));
    Set<Peer> leechers = new HashSet<>(torrent.others(family, self, false));
    int available = seeders.size() + leechers.size();
    int size = Math.min(room, available);
    PeerList peers = response.peers(family);
    assertThat(peers.size()).as("%s peers of %d", family, available).isEqualTo(size);
    assertThat(peers.compactLength()).isEqualTo(size * family.compactBytes());
    Set<Peer> seen = new HashSet<>();
    int seedersSeen = 0;
    for (int i = 0; i < size; i++) {
      Peer peer = Peer.at(family, peers.compact(), i * family.compactBytes());
      assertThat(seen.add(peer)).as("%s is there once", peer).isTrue();
      assertThat(seeders.contains(peer) || leechers.contains(peer)).as("%s", peer).isTrue();
      seedersSeen += seeders.contains(peer) ? 1 : 0;
      if (request.withPeerIds()) {
        Bytes20 id = new Bytes20();
        id.read(peers.ids(), i * Bytes20.BYTES);
        assertThat(Objects.requireNonNull(torrent.peers.get(peer)).id()).isEqualTo(id.toString());
      }
    }
    if (available > 0) {
      double share = (double) size * seeders.size() / available;
      assertThat(Math.abs(seedersSeen - share)).as("seeders' share, rounded").isLessThan(1);
    }
  }
}
