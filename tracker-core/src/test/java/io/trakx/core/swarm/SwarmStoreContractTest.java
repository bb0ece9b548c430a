package io.trakx.core.swarm;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/**
 * The contract of {@link SwarmStore}: whatever clients do, it answers as the {@link ReferenceStore}
 * does, and stays sound.
 */
@Tag("slow")
class SwarmStoreContractTest {
  private static final int TIMEOUT_MINUTES = 45;
  private static final StoreLimits ROOMY = new StoreLimits(1_000_000, 1_000_000, 1_000_000);

  /** A swarm of this many crosses from scanning to an index. */
  private static final int CROWD = PeerTable.MAX_SCANNED + 25;

  @Property(tries = 150)
  void behavesLikeTheReference(@ForAll("chains") ActionChain<StoreUnderTest> chain) {
    chain.withInvariant(StoreUnderTest::check).run().checkDatabase();
  }

  @Property(tries = 250)
  void behavesLikeTheReferenceAtItsLimits(
      @ForAll("chainsAtLimits") ActionChain<StoreUnderTest> chain) {
    chain.withInvariant(StoreUnderTest::check).run().checkDatabase();
  }

  @Provide
  Arbitrary<ActionChain<StoreUnderTest>> chains() {
    return starts(Arbitraries.just(ROOMY), 3);
  }

  @Provide
  Arbitrary<ActionChain<StoreUnderTest>> chainsAtLimits() {
    Arbitrary<StoreLimits> limits =
        Combinators.combine(
                Arbitraries.longs().between(1, 150),
                Arbitraries.longs().between(1, 40),
                Arbitraries.integers().between(1, 60))
            .as(StoreLimits::new);
    return starts(limits, 60);
  }

  private static Arbitrary<ActionChain<StoreUnderTest>> starts(
      Arbitrary<StoreLimits> limits, int torrents) {
    Arbitrary<Integer> minutes = Arbitraries.of(0, 32_760, Integer.MAX_VALUE - 30);
    return Combinators.combine(
            limits,
            Arbitraries.of(1, 2, 64),
            Arbitraries.of(true, false),
            Arbitraries.longs(),
            minutes)
        .as(StoreFactory::new)
        .flatMap(start -> chain(start, torrents));
  }

  private static Arbitrary<ActionChain<StoreUnderTest>> chain(StoreFactory start, int torrents) {
    return ActionChain.startWith(start::create)
        .withAction(24, new Announces(torrents))
        .withAction(2, new Crowds(torrents))
        .withAction(2, new Exoduses(torrents))
        .withAction(2, new Advances())
        .withAction(2, new Sweeps())
        .withAction(2, new Takes())
        .withAction(2, new Settles())
        .withAction(1, new Restarts())
        .withMaxTransformations(60);
  }

  private record StoreFactory(
      StoreLimits limits, int stripes, boolean tracksChanges, long seed, int minute) {
    StoreUnderTest create() {
      return new StoreUnderTest(limits, stripes, tracksChanges, seed, minute);
    }
  }

  /** Few addresses and ports, so that peers come back; both families. */
  private static Arbitrary<Peer> peers() {
    Arbitrary<Integer> addresses = Arbitraries.integers().between(1, 8);
    Arbitrary<Integer> ports = Arbitraries.of(1, 6881, 65_535);
    return Combinators.combine(Arbitraries.of(true, false), addresses, ports)
        .as(
            (ipv4, address, port) ->
                ipv4 ? Peer.ipv4(-address, port) : Peer.ipv6(-1, address, port));
  }

  /** One announce of any kind. */
  private record Announces(int torrents) implements Action.Independent<StoreUnderTest> {
    @Override
    public Arbitrary<Transformer<StoreUnderTest>> transformer() {
      Arbitrary<Long> lefts = Arbitraries.of(0L, 1L, Long.MAX_VALUE, AnnounceRequest.LEFT_UNKNOWN);
      Arbitrary<Integer> wishes =
          Arbitraries.oneOf(Arbitraries.integers().between(0, 30), Arbitraries.of(0, 50, 200, 500));
      Arbitrary<Integer> flags = Arbitraries.integers().between(0, 7);
      return Combinators.combine(
              Arbitraries.integers().between(1, torrents),
              peers(),
              Arbitraries.of(AnnounceEvent.class),
              lefts,
              Arbitraries.integers().between(1, 3),
              wishes,
              flags)
          .as(
              (torrent, peer, event, left, id, wanted, flag) -> {
                AnnounceRequest request = peer.leeching(Peer.infoHash(torrent));
                request.peerId().set(id, peer.low(), peer.port());
                request.event(event);
                request.left(left);
                request.compact((flag & 1) == 0);
                request.withPeerIds((flag & 2) == 0);
                request.bothFamilies((flag & 4) == 0);
                return Transformer.mutate(
                    "%s of %s in %d, left %d, id %d, wants %d, flags %d"
                        .formatted(event, peer, torrent, left, id, wanted, flag),
                    store -> store.announce(request, wanted));
              });
    }
  }

  /** Many peers join one swarm. */
  private record Crowds(int torrents) implements Action.Independent<StoreUnderTest> {
    @Override
    public Arbitrary<Transformer<StoreUnderTest>> transformer() {
      return crowd(torrents, "join", AnnounceEvent.STARTED);
    }
  }

  /** Many peers leave one swarm. */
  private record Exoduses(int torrents) implements Action.Independent<StoreUnderTest> {
    @Override
    public Arbitrary<Transformer<StoreUnderTest>> transformer() {
      return crowd(torrents, "leave", AnnounceEvent.STOPPED);
    }
  }

  private static Arbitrary<Transformer<StoreUnderTest>> crowd(
      int torrents, String verb, AnnounceEvent event) {
    return Combinators.combine(
            Arbitraries.integers().between(1, torrents),
            Arbitraries.of(true, false),
            Arbitraries.of(0, 1, 3, CROWD),
            Arbitraries.integers().between(1, CROWD))
        .as(
            (torrent, ipv4, seederEvery, size) ->
                Transformer.mutate(
                    "%d %s %d, ipv4 %s, a seeder in %d"
                        .formatted(size, verb, torrent, ipv4, seederEvery),
                    store -> {
                      for (int i = 0; i < size; i++) {
                        Peer peer = ipv4 ? Peer.ipv4(i) : Peer.ipv6(i);
                        boolean seeder = seederEvery > 0 && i % seederEvery == 0;
                        AnnounceRequest request = peer.announcing(Peer.infoHash(torrent), seeder);
                        request.event(event);
                        store.announce(request, 10);
                      }
                    }));
  }

  /** Time passes. */
  private record Advances() implements Action.Independent<StoreUnderTest> {
    @Override
    public Arbitrary<Transformer<StoreUnderTest>> transformer() {
      return Arbitraries.of(List.of(1, 20, TIMEOUT_MINUTES, TIMEOUT_MINUTES + 1))
          .map(
              minutes ->
                  Transformer.mutate(minutes + " minutes pass", store -> store.advance(minutes)));
    }
  }

  /** A sweep. */
  private record Sweeps() implements Action.Independent<StoreUnderTest> {
    @Override
    public Arbitrary<Transformer<StoreUnderTest>> transformer() {
      return Arbitraries.just(Transformer.mutate("sweep", store -> store.sweep(TIMEOUT_MINUTES)));
    }
  }

  /** A batch of changes sets out for the database. */
  private record Takes() implements Action.Independent<StoreUnderTest> {
    @Override
    public Arbitrary<Transformer<StoreUnderTest>> transformer() {
      return Arbitraries.just(Transformer.mutate("take changes", StoreUnderTest::takeChanges));
    }
  }

  /** It arrives or not. */
  private record Settles() implements Action.Independent<StoreUnderTest> {
    @Override
    public Arbitrary<Transformer<StoreUnderTest>> transformer() {
      return Arbitraries.of(true, false)
          .map(
              arrives ->
                  Transformer.mutate(
                      arrives ? "changes arrive" : "changes fail",
                      store -> store.settleChanges(arrives)));
    }
  }

  /** All swarms move to a new store. */
  private record Restarts() implements Action.Independent<StoreUnderTest> {
    @Override
    public Arbitrary<Transformer<StoreUnderTest>> transformer() {
      return Arbitraries.of(true, false)
          .map(
              arrives ->
                  Transformer.mutate(
                      arrives ? "restart, changes arrive" : "restart, changes fail",
                      store -> store.restart(TIMEOUT_MINUTES, arrives)));
    }
  }
}
