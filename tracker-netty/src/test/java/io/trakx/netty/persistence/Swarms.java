package io.trakx.netty.persistence;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.PendingCompletions;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A store with torrents and peers that go by numbers, and its changes. Thread-safe. */
final class Swarms {
  private static final StoreLimits LIMITS = new StoreLimits(20_000_000, 20_000_000, 1_000_000);

  final SwarmStore store = new SwarmStore(LIMITS, new Random(1), true);
  final ChangeLog changes;

  Swarms(int batchCapacity) {
    this(batchCapacity, null);
  }

  /**
   * @param kept what an earlier life left
   */
  Swarms(int batchCapacity, @Nullable PendingCompletions kept) {
    changes = new ChangeLog(store, batchCapacity);
    if (kept != null) {
      changes.resume(kept);
    }
  }

  /** The info-hash of a torrent: numbers that follow each other are spread over all. */
  static Bytes20 infoHash(int torrent) {
    Bytes20 infoHash = new Bytes20();
    infoHash.set(torrent * 0x9e3779b97f4a7c15L, torrent, torrent);
    return infoHash;
  }

  void leech(int torrent, int peer) {
    announce(torrent, peer, 1, AnnounceEvent.STARTED);
  }

  /** A leecher comes and becomes a seeder. */
  void complete(int torrent, int peer) {
    leech(torrent, peer);
    announce(torrent, peer, 0, AnnounceEvent.COMPLETED);
  }

  void stop(int torrent, int peer) {
    announce(torrent, peer, 0, AnnounceEvent.STOPPED);
  }

  private void announce(int torrent, int peer, long left, AnnounceEvent event) {
    AnnounceRequest request = new AnnounceRequest();
    request.reset();
    Bytes20 infoHash = infoHash(torrent);
    request.infoHash().set(infoHash.high(), infoHash.middle(), infoHash.low());
    request.peerId().set(1, 2, peer);
    request.address().ipv4(0x0a000000 + peer);
    request.address().port(6881);
    request.left(left);
    request.event(event);
    store.announce(request, 0, 0, new AnnounceResponse(0));
  }

  /** What a scrape says of a torrent: seeders, leechers, completed. */
  String scrape(int torrent) {
    Scrape scrape = new Scrape(1);
    store.scrape(infoHash(torrent), scrape, 0);
    return scrape.complete(0) + "/" + scrape.incomplete(0) + "/" + scrape.downloaded(0);
  }
}
