package io.trakx.netty.snapshot;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.swarm.AnnounceOutcome;
import io.trakx.core.swarm.SwarmStore;

/** Announces peers by number; odd ones by IPv6, every third a seeder. For one thread. */
final class Announcer {
  private final AnnounceRequest request = new AnnounceRequest();
  private final AnnounceResponse response = new AnnounceResponse(0);
  private final SwarmStore store;

  Announcer(SwarmStore store) {
    this.store = store;
  }

  AnnounceOutcome announce(int torrent, int peer, int minute) {
    return announce(torrent, peer, minute, AnnounceEvent.NONE, peer % 3 == 0);
  }

  AnnounceOutcome stop(int torrent, int peer, int minute) {
    return announce(torrent, peer, minute, AnnounceEvent.STOPPED, false);
  }

  /** Lets a peer join and complete the torrent. */
  AnnounceOutcome complete(int torrent, int peer, int minute) {
    announce(torrent, peer, minute, AnnounceEvent.STARTED, false);
    return announce(torrent, peer, minute, AnnounceEvent.COMPLETED, true);
  }

  private AnnounceOutcome announce(
      int torrent, int peer, int minute, AnnounceEvent event, boolean seeder) {
    request.infoHash().set(torrent, ~torrent, torrent);
    request.peerId().set(peer, torrent, minute);
    if (peer % 2 == 0) {
      request.address().ipv4(peer);
    } else {
      request.address().ipv6(0x2001_0db8_0000_0000L, peer);
    }
    request.address().port(6881 + torrent % 2);
    request.event(event);
    request.left(seeder ? 0 : 1);
    response.reset();
    return store.announce(request, 0, minute, response);
  }
}
