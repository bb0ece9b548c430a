package io.trakx.netty.app;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has Java collect once so much was allocated that it is worth it.
 *
 * <p>What becomes garbage here is mostly tables that swarms grew out of, too slowly for Shenandoah,
 * which waits until memory is scarce: 202 bytes a peer, where 46 are in use. A collection each so
 * many seconds is in vain most of the time, and a page that is asked for while it is at work can
 * take some milliseconds in place of one or two.
 *
 * <p>One that is asked for also gives back to the system at once all that is free: after a growth
 * of gigabytes that takes some tenths of a second, in which threads that allocate wait for the
 * heap's lock. Whoever asks waits for the collection's end.
 *
 * <p>Does nothing with another collector, which would stop all threads.
 */
final class GarbageWatch implements Runnable {
  /** How often to look. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  /** Three bytes a peer where there are ten million. */
  static final long WORTH_BYTES = 32 << 20;

  private static final String COLLECTED_WHILE_ALL_GOES_ON = "Shenandoah";

  private final Optional<MemoryPoolMXBean> heap =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getName().equals(COLLECTED_WHILE_ALL_GOES_ON))
          .findFirst();

  @Override
  public void run() {
    if (heap.isPresent() && allocated(heap.get()) >= WORTH_BYTES) {
      System.gc();
    }
  }

  /** Bytes since the last collection. */
  private static long allocated(MemoryPoolMXBean heap) {
    @Nullable MemoryUsage left = heap.getCollectionUsage();
    return heap.getUsage().getUsed() - (left == null ? 0 : left.getUsed());
  }
}
