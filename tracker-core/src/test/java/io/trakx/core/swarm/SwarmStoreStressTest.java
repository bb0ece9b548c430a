package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.InfoHashBatch;
import io.trakx.core.protocol.Scrape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store under real threads for two seconds; afterwards it holds exactly what it should. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwarmStoreStressTest {
  private static final List<AnnounceEvent> EVENTS = List.of(AnnounceEvent.values());
  private static final int CLIENT_THREADS = 4;
  private static final int TORRENTS = 40;
  private static final int HOT_TORRENT = 0;
  private static final int PEERS_PER_THREAD = 3000;
  private static final int EXPIRED_PEERS = 20_000;
  private static final int NOW = 100;
  private static final int TIMEOUT_MINUTES = 45;
  private static final long DURATION_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final long deadlineNanos = System.nanoTime() + DURATION_NANOS;

  @AfterEach
  void threadsEnd() throws InterruptedException {
    executor.shutdownNow();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void holdsWhatEachThreadLeftInIt() throws Exception {
    SwarmStore store =
        new SwarmStore(new StoreLimits(1 << 20, 1 << 20, 1 << 20), new Random(1), 8, false);
    AnnounceResponse response = new AnnounceResponse(0);
    for (int i = 0; i < EXPIRED_PEERS; i++) {
      Peer peer = Peer.ipv4(0x0b00_0000 + i, 1);
      store.announce(peer.announcing(Peer.infoHash(torrent(i)), i % 2 == 0), 0, 0, response);
    }
    List<Client> clients = clients(store);
    List<Future<Long>> counts = new ArrayList<>();
    for (Client client : clients) {
      counts.add(executor.submit(client));
    }
    Future<Long> sweeps = executor.submit(() -> sweepUntilTheEnd(store));
    Future<Long> scrapes = executor.submit(() -> scrapeUntilTheEnd(store));
    long completed = 0;
    for (Future<Long> count : counts) {
      completed += count.get();
    }
    long cleaned = sweeps.get() + store.sweep(NOW, TIMEOUT_MINUTES, () -> {}).cleaned();
    assertThat(scrapes.get()).isPositive();
    assertThat(cleaned).isEqualTo(EXPIRED_PEERS);
    StoreInvariants.check(store);
    checkHoldings(store, clients);
    long[] downloaded = {0};
    store.forEach((infoHash, seeders, leechers, completions) -> downloaded[0] += completions);
    assertThat(downloaded[0]).isEqualTo(completed);
  }

  @Test
  void neverExceedsItsLimitsAndFillsThemExactly() throws Exception {
    StoreLimits limits = new StoreLimits(500, 15, 200);
    SwarmStore store = new SwarmStore(limits, new Random(1), 8, false);
    List<Future<Long>> counts = new ArrayList<>();
    for (Client client : clients(store)) {
      counts.add(executor.submit(client));
    }
    while (System.nanoTime() < deadlineNanos) {
      assertThat(store.budget().peers()).isLessThanOrEqualTo(limits.peers());
      assertThat(store.budget().torrents()).isLessThanOrEqualTo(limits.swarms());
    }
    for (Future<Long> count : counts) {
      count.get();
    }
    StoreInvariants.check(store);
    AnnounceResponse response = new AnnounceResponse(0);
    for (int i = 0; i < 2000; i++) {
      for (int torrent = 0; torrent < TORRENTS; torrent++) {
        AnnounceRequest request = Peer.ipv6(i).leeching(Peer.infoHash(torrent));
        store.announce(request, 0, NOW, response);
      }
    }
    assertThat(store.totals().peers()).isEqualTo(limits.peers());
    StoreInvariants.check(store);
  }

  @Test
  void takesEveryChangeToTheDatabaseOnce() throws Exception {
    SwarmStore store =
        new SwarmStore(new StoreLimits(1 << 20, 1 << 20, 1 << 20), new Random(1), 8, true);
    ChangeLog log = new ChangeLog(store, 16);
    Map<Integer, Row> rows = new HashMap<>();
    List<Future<Long>> counts = new ArrayList<>();
    for (Client client : clients(store)) {
      counts.add(executor.submit(client));
    }
    Future<Long> sweeps = executor.submit(() -> sweepUntilTheEnd(store));
    Random random = new Random(9);
    while (System.nanoTime() < deadlineNanos) {
      log.take();
      settle(log, rows, random.nextInt(4) > 0);
    }
    long completed = 0;
    for (Future<Long> count : counts) {
      completed += count.get();
    }
    sweeps.get();
    int empty = 0;
    while (empty < 2) {
      log.take();
      empty = log.batch().size() == 0 ? empty + 1 : 0;
      settle(log, rows, true);
    }
    StoreInvariants.check(store);
    assertThat(log.pending().size()).isZero();
    assertThat(rows.values().stream().mapToLong(Row::completed).sum()).isEqualTo(completed);
    store.forEach(
        (infoHash, seeders, leechers, completions) ->
            assertThat(rows.remove(infoHash.low()))
                .isEqualTo(new Row(seeders, leechers, completions)));
    assertThat(rows.values()).as("torrents forgotten").allMatch(new Row(0, 0, 0)::equals);
  }

  private static void settle(ChangeLog log, Map<Integer, Row> rows, boolean arrives) {
    TorrentChanges batch = log.batch();
    Bytes20 infoHash = new Bytes20();
    for (int i = 0; i < batch.size(); i++) {
      batch.infoHash(i, infoHash);
      Row row = rows.getOrDefault(infoHash.low(), new Row(0, 0, 0));
      if (batch.isNew(i) && rows.containsKey(infoHash.low())) {
        log.completedKnown(infoHash, row.completed);
      }
      if (arrives) {
        int completed = row.completed + batch.completed(i);
        rows.put(infoHash.low(), new Row(batch.seeders(i), batch.leechers(i), completed));
      }
    }
    if (arrives) {
      log.acknowledge();
    } else {
      log.restore();
    }
  }

  private List<Client> clients(SwarmStore store) {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENT_THREADS; i++) {
      clients.add(new Client(store, i));
    }
    return clients;
  }

  private static void checkHoldings(SwarmStore store, List<Client> clients) {
    Set<Listing> held = new HashSet<>();
    for (Stripe stripe : store.stripes()) {
      for (int position = 0; position < stripe.table().capacity(); position++) {
        Swarm swarm = stripe.table().peek(position);
        if (swarm != null) {
          addListings(swarm, held);
        }
      }
    }
    Set<Listing> expected = new HashSet<>();
    clients.forEach(client -> expected.addAll(client.listings));
    assertThat(held).isEqualTo(expected);
    assertThat(store.totals().peers()).isEqualTo(expected.size());
  }

  private static void addListings(Swarm swarm, Set<Listing> held) {
    Bytes20 infoHash = new Bytes20();
    swarm.readInfoHash(infoHash);
    for (AddressFamily family : AddressFamily.values()) {
      PeerTable table = swarm.peers(family);
      if (table == null) {
        continue;
      }
      for (boolean seeder : new boolean[] {true, false}) {
        for (int ordinal = 0; ordinal < table.count(seeder); ordinal++) {
          int slot = table.slot(PeerTable.place(seeder, ordinal));
          Peer peer = Peer.at(family, table.rows(), table.addressOffset(slot));
          held.add(new Listing(infoHash.low(), peer));
        }
      }
    }
  }

  private long sweepUntilTheEnd(SwarmStore store) {
    long cleaned = 0;
    while (System.nanoTime() < deadlineNanos) {
      cleaned += store.sweep(NOW, TIMEOUT_MINUTES, () -> {}).cleaned();
    }
    return cleaned;
  }

  private long scrapeUntilTheEnd(SwarmStore store) {
    Scrape scrape = new Scrape(1);
    InfoHashBatch batch = new InfoHashBatch(TORRENTS);
    for (int torrent = 0; torrent < TORRENTS; torrent++) {
      Bytes20 infoHash = Peer.infoHash(torrent);
      batch.add(infoHash.high(), infoHash.middle(), infoHash.low());
    }
    long scrapes = 0;
    while (System.nanoTime() < deadlineNanos) {
      store.prefetch(batch);
      store.scrape(Peer.infoHash((int) (scrapes % TORRENTS)), scrape, 0);
      assertThat(scrape.complete(0)).isNotNegative();
      assertThat(scrape.incomplete(0)).isNotNegative();
      assertThat(store.totals().uniqueAddresses()).isNotNegative();
      scrapes++;
    }
    return scrapes;
  }

  /** Every other peer goes to the hot torrent. */
  private static int torrent(int number) {
    return number % 2 == 0 ? HOT_TORRENT : number / 2 % TORRENTS;
  }

  /** What a database has of a torrent. */
  private record Row(int seeders, int leechers, int completed) {}

  private record Listing(int torrent, Peer peer) {}

  /** Announces peers of its own, of which it knows at the end where they are listed. */
  private final class Client implements Callable<Long> {
    private final SwarmStore store;
    private final int number;
    private final Random random;
    private final Set<Listing> listings = new HashSet<>();
    private final AnnounceResponse response = new AnnounceResponse(50);

    Client(SwarmStore store, int number) {
      this.store = store;
      this.number = number;
      this.random = new Random(number);
    }

    /** How many completed downloads were counted. */
    @Override
    public Long call() {
      long completed = 0;
      while (System.nanoTime() < deadlineNanos) {
        int torrent = torrent(random.nextInt(4 * TORRENTS));
        Peer peer = peer(random.nextInt(PEERS_PER_THREAD));
        AnnounceRequest request = peer.announcing(Peer.infoHash(torrent), random.nextBoolean());
        request.event(EVENTS.get(random.nextInt(EVENTS.size())));
        response.reset();
        AnnounceOutcome outcome = store.announce(request, 50, NOW, response);
        Listing listing = new Listing(torrent, peer);
        switch (outcome) {
          case ADDED -> assertThat(listings.add(listing)).isTrue();
          case REMOVED -> assertThat(listings.remove(listing)).isTrue();
          case UPDATED -> assertThat(listings).contains(listing);
          case COMPLETED -> {
            assertThat(listings).contains(listing);
            completed++;
          }
          case UNKNOWN, NOT_LISTED, TOO_MANY_TORRENTS, TOO_MANY_PORTS ->
              assertThat(listings).doesNotContain(listing);
        }
      }
      return completed;
    }

    /** Addresses are shared with the other threads, ports are not. */
    private Peer peer(int index) {
      int address = index / 2 % 500;
      int port = 1 + number + CLIENT_THREADS * (index / 1000);
      return index % 2 == 0 ? Peer.ipv4(address, port) : Peer.ipv6(1, address, port);
    }
  }
}
