package io.trakx.netty.app;

import io.trakx.core.DutyCycle;
import io.trakx.core.access.AccessControl;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.core.swarm.SwarmVisitor;
import io.trakx.netty.web.LargeSwarm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The torrents with the most peers, as they were when somebody last looked through the store. One
 * thread looks, any thread reads.
 */
final class LargestSwarms implements Runnable, Supplier<List<LargeSwarm>> {
  /** What looking may take of one processor. */
  private static final double SHARE = 0.1;

  private static final Comparator<LargeSwarm> BY_PEERS =
      Comparator.comparingLong(swarm -> (long) swarm.seeders() + swarm.leechers());

  private final SwarmStore store;
  private final AccessControl access;
  private final int most;
  private final LongSupplier nanoClock;
  private volatile List<LargeSwarm> found = List.of();

  /**
   * @param most how many are told of, above 0
   */
  LargestSwarms(SwarmStore store, AccessControl access, int most, LongSupplier nanoClock) {
    this.store = store;
    this.access = access;
    this.most = most;
    this.nanoClock = nanoClock;
  }

  /** The largest first. */
  @Override
  public List<LargeSwarm> get() {
    return found;
  }

  /** Looks through the store, with rests in which others work. */
  @Override
  public void run() {
    Search search = new Search();
    store.forEach(search, new DutyCycle(SHARE, nanoClock, LockSupport::parkNanos));
    List<LargeSwarm> all = new ArrayList<>(search.largest);
    all.sort(BY_PEERS.reversed().thenComparing(LargeSwarm::infoHash));
    found = List.copyOf(all);
  }

  /** Keeps the largest of those seen, the smallest of them at hand. */
  private final class Search implements SwarmVisitor {
    private final PriorityQueue<LargeSwarm> largest = new PriorityQueue<>(most + 1, BY_PEERS);
    private long least;

    @Override
    public void visit(Bytes20 infoHash, int complete, int incomplete, int downloaded) {
      long peers = (long) complete + incomplete;
      if (peers <= least || !access.lists().permits(infoHash)) {
        return;
      }
      largest.add(new LargeSwarm(infoHash.toString(), complete, incomplete, downloaded));
      if (largest.size() > most) {
        largest.remove();
        LargeSwarm smallest = largest.element();
        least = (long) smallest.seeders() + smallest.leechers();
      }
    }
  }
}
