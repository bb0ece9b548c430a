package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link SwarmStore} shall do, in hash maps and without any cleverness. */
final class ReferenceStore {
  private final StoreLimits limits;
  private final boolean tracksChanges;
  private final Map<String, Torrent> torrents = new HashMap<>();

  ReferenceStore(StoreLimits limits, boolean tracksChanges) {
    this.limits = limits;
    this.tracksChanges = tracksChanges;
  }

  AnnounceOutcome announce(AnnounceRequest request, int minute) {
    String infoHash = request.infoHash().toString();
    Peer peer = Peer.of(request.address());
    Torrent torrent = torrents.get(infoHash);
    Listing listing = torrent == null ? null : torrent.peers.get(peer);
    if (request.event() == AnnounceEvent.STOPPED) {
      if (torrent == null || listing == null) {
        return AnnounceOutcome.UNKNOWN;
      }
      torrent.peers.remove(peer);
      torrent.changed = true;
      torrents.values().removeIf(this::isWorthless);
      return AnnounceOutcome.REMOVED;
    }
    boolean seeder = request.event() == AnnounceEvent.COMPLETED || request.seeder();
    String id = request.peerId().toString();
    if (torrent == null || listing == null) {
      if (peers() == limits.peers()
          || (torrent == null && torrents.size() == limits.swarms())
          || (torrent != null && torrent.size(peer.family()) == limits.peersPerSwarm())) {
        return AnnounceOutcome.NOT_LISTED;
      }
      Torrent joined = torrents.computeIfAbsent(infoHash, key -> new Torrent());
      joined.peers.put(peer, new Listing(id, seeder, minute, !seeder, false));
      joined.changed = true;
      return AnnounceOutcome.ADDED;
    }
    boolean completes =
        request.event() == AnnounceEvent.COMPLETED && listing.leeched && !listing.counted;
    torrent.peers.put(
        peer,
        new Listing(id, seeder, minute, listing.leeched || !seeder, listing.counted || completes));
    torrent.changed |= completes || seeder != listing.seeder;
    if (completes) {
      torrent.completed++;
      torrent.pending++;
    }
    return completes ? AnnounceOutcome.COMPLETED : AnnounceOutcome.UPDATED;
  }

  /**
   * Removes peers last seen more than {@code timeoutMinutes} ago, and torrents that nobody needs.
   *
   * @return how many peers were removed
   */
  long sweep(int minute, int timeoutMinutes) {
    long before = peers();
    for (Torrent torrent : torrents.values()) {
      torrent.changed |=
          torrent.peers.values().removeIf(listing -> minute - listing.minute > timeoutMinutes);
    }
    torrents.values().removeIf(this::isWorthless);
    return before - peers();
  }

  /**
   * Goes on after a restart with all but peers too old; a batch on its way is nobody's any more.
   *
   * @return how many peers were left out
   */
  long restart(int minute, int timeoutMinutes) {
    for (Torrent torrent : torrents.values()) {
      torrent.taken = false;
      torrent.changed = true;
    }
    return sweep(minute, timeoutMinutes);
  }

  /** Takes in a row of the database. */
  void load(String infoHash, int seeders, int leechers, int completed) {
    Torrent torrent = torrents.computeIfAbsent(infoHash, key -> new Torrent());
    know(infoHash, completed);
    torrent.changed =
        torrent.count(true) != seeders || torrent.count(false) != leechers || torrent.pending > 0;
    torrents.values().removeIf(this::isWorthless);
  }

  /** Drops a torrent without peers, as a store does that lacks room. */
  void forget(String infoHash) {
    Torrent torrent = torrents.remove(infoHash);
    if (torrent == null || !torrent.peers.isEmpty() || isOwed(torrent)) {
      throw new AssertionError("not to be forgotten: " + infoHash);
    }
  }

  /** A batch for the database takes a changed torrent along. */
  void take(String infoHash) {
    Torrent torrent = held(infoHash);
    torrent.changed = false;
    torrent.taken = true;
  }

  /** The database has a row of a torrent already. */
  void know(String infoHash, int completed) {
    Torrent torrent = held(infoHash);
    torrent.stored = true;
    torrent.completed = completed + torrent.pending;
  }

  /** The batch with a torrent arrived. */
  void acknowledge(String infoHash, int completed) {
    Torrent torrent = held(infoHash);
    torrent.taken = false;
    torrent.stored = true;
    torrent.pending -= completed;
    torrents.values().removeIf(this::isWorthless);
  }

  /** The batch with a torrent failed. */
  void restore(String infoHash) {
    Torrent torrent = held(infoHash);
    torrent.taken = false;
    torrent.changed = true;
    torrents.values().removeIf(this::isWorthless);
  }

  /** Whether a torrent must stay even if room is scarce. */
  boolean isOwed(Torrent torrent) {
    return tracksChanges && (torrent.taken || torrent.pending > 0);
  }

  private boolean isWorthless(Torrent torrent) {
    boolean unwritten = torrent.taken || (torrent.stored && torrent.changed);
    return torrent.peers.isEmpty() && torrent.completed == 0 && !(tracksChanges && unwritten);
  }

  private Torrent held(String infoHash) {
    return Objects.requireNonNull(torrents.get(infoHash), infoHash);
  }

  @Nullable Torrent torrent(String infoHash) {
    return torrents.get(infoHash);
  }

  Set<String> infoHashes() {
    return torrents.keySet();
  }

  long peers() {
    return torrents.values().stream().mapToLong(torrent -> torrent.peers.size()).sum();
  }

  StoreTotals totals() {
    long active = torrents.values().stream().filter(torrent -> !torrent.peers.isEmpty()).count();
    Set<Peer> addresses = new HashSet<>();
    torrents.values().forEach(t -> t.peers.keySet().forEach(p -> addresses.add(p.addressOnly())));
    return new StoreTotals(
        active,
        torrents.size(),
        count(AddressFamily.IPV4, true),
        count(AddressFamily.IPV4, false),
        count(AddressFamily.IPV6, true),
        count(AddressFamily.IPV6, false),
        addresses.size());
  }

  private long count(AddressFamily family, boolean seeder) {
    return torrents.values().stream().mapToLong(t -> t.others(family, null, seeder).size()).sum();
  }

  /** What is known of a torrent. */
  static final class Torrent {
    final Map<Peer, Listing> peers = new HashMap<>();
    int completed;
    int pending;
    boolean changed;
    boolean stored;
    boolean taken;

    int size(AddressFamily family) {
      return (int) peers.keySet().stream().filter(peer -> peer.family() == family).count();
    }

    int count(boolean seeder) {
      return (int) peers.values().stream().filter(listing -> listing.seeder == seeder).count();
    }

    /** The peers of a family and role but {@code self}. */
    List<Peer> others(AddressFamily family, @Nullable Peer self, boolean seeder) {
      return peers.entrySet().stream()
          .filter(entry -> entry.getValue().seeder == seeder)
          .map(Map.Entry::getKey)
          .filter(peer -> peer.family() == family && !peer.equals(self))
          .toList();
    }
  }

  /** How a peer is listed; {@code completed}: its completed download was counted. */
  record Listing(String id, boolean seeder, int minute, boolean leeched, boolean counted) {}
}
