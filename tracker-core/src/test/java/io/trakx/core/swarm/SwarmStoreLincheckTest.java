package io.trakx.core.swarm;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.Scrape;
import java.util.Random;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether announces and scrapes of two torrents in two stripes, at a limit of two peers, are as if
 * one happened after the other.
 */
@Tag("slow")
class SwarmStoreLincheckTest {
  @Test
  void announcesAndScrapesAreLinearizable() {
    // By real threads: Lincheck's model checker cannot follow views of byte arrays (VarHandle).
    new StressOptions()
        .iterations(8)
        .invocationsPerIteration(150)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .check(TwoTorrents.class);
  }

  @Test
  void changesAreTakenLinearizably() {
    new StressOptions()
        .iterations(8)
        .invocationsPerIteration(150)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(2)
        .check(TrackedTorrent.class);
  }

  /** One torrent of a store that tracks changes, and one thread that takes them away. */
  @Param(name = "peer", gen = IntGen.class, conf = "1:3")
  public static final class TrackedTorrent {
    private final SwarmStore store =
        new SwarmStore(new StoreLimits(2, 100, 100), new Random(1), 1, true);
    private final ChangeLog log = new ChangeLog(store, 4);

    @Operation
    public AnnounceOutcome complete(@Param(name = "peer") int peer) {
      AnnounceRequest request = Peer.ipv4(peer).leeching(Peer.infoHash(1));
      request.event(AnnounceEvent.COMPLETED);
      return announce(request);
    }

    @Operation
    public AnnounceOutcome leech(@Param(name = "peer") int peer) {
      return announce(Peer.ipv4(peer).leeching(Peer.infoHash(1)));
    }

    @Operation
    public AnnounceOutcome stop(@Param(name = "peer") int peer) {
      AnnounceRequest request = Peer.ipv4(peer).leeching(Peer.infoHash(1));
      request.event(AnnounceEvent.STOPPED);
      return announce(request);
    }

    @Operation(nonParallelGroup = "taker")
    public String take() {
      TorrentChanges batch = log.batch();
      if (batch.size() > 0) {
        return "on its way";
      }
      log.take();
      return batch.size() == 0
          ? "none"
          : batch.seeders(0) + "/" + batch.leechers(0) + "/" + batch.completed(0);
    }

    @Operation(nonParallelGroup = "taker")
    public void acknowledge() {
      log.acknowledge();
    }

    @Operation(nonParallelGroup = "taker")
    public void restore() {
      log.restore();
    }

    @Operation
    public int torrents() {
      return (int) store.totals().torrents();
    }

    private AnnounceOutcome announce(AnnounceRequest request) {
      return store.announce(request, 0, 0, new AnnounceResponse(0));
    }
  }

  /** The store as Lincheck calls it. */
  @Param(name = "torrent", gen = IntGen.class, conf = "0:1")
  @Param(name = "peer", gen = IntGen.class, conf = "1:3")
  public static final class TwoTorrents {
    private final SwarmStore store =
        new SwarmStore(new StoreLimits(2, 100, 100), new Random(1), 2, false);
    private final Bytes20[] infoHashes = {inStripe(0), inStripe(1)};

    @Operation
    public String leech(@Param(name = "torrent") int torrent, @Param(name = "peer") int peer) {
      return announce(Peer.ipv4(peer).leeching(infoHashes[torrent]));
    }

    @Operation
    public String complete(@Param(name = "torrent") int torrent, @Param(name = "peer") int peer) {
      AnnounceRequest request = Peer.ipv4(peer).leeching(infoHashes[torrent]);
      request.event(AnnounceEvent.COMPLETED);
      return announce(request);
    }

    @Operation
    public String stop(@Param(name = "torrent") int torrent, @Param(name = "peer") int peer) {
      AnnounceRequest request = Peer.ipv4(peer).leeching(infoHashes[torrent]);
      request.event(AnnounceEvent.STOPPED);
      return announce(request);
    }

    @Operation
    public String scrape(@Param(name = "torrent") int torrent) {
      Scrape scrape = new Scrape(1);
      store.scrape(infoHashes[torrent], scrape, 0);
      return figures(scrape.complete(0), scrape.incomplete(0), scrape.downloaded(0));
    }

    private String announce(AnnounceRequest request) {
      AnnounceResponse response = new AnnounceResponse(4);
      AnnounceOutcome outcome = store.announce(request, 4, 0, response);
      int peers = response.peers(request.address().family()).size();
      return outcome
          + " "
          + figures(response.complete(), response.incomplete(), response.downloaded())
          + ", given "
          + peers;
    }

    private static String figures(int complete, int incomplete, int downloaded) {
      return complete + "/" + incomplete + "/" + downloaded;
    }

    private Bytes20 inStripe(int stripe) {
      for (int number = 0; ; number++) {
        Bytes20 infoHash = Peer.infoHash(number);
        if (store.stripe(store.hash(infoHash)) == store.stripes()[stripe]) {
          return infoHash;
        }
      }
    }
  }
}
