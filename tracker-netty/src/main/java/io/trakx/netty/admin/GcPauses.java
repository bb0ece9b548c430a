package io.trakx.netty.admin;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Remembers how long the garbage collector stopped the process, for the last {@value #KEPT} times.
 *
 * <p>The JVM tells whole milliseconds. A pause told as 0 is entered as half a millisecond, since a
 * monitor takes 0 for "no pause yet". Thread-safe.
 */
final class GcPauses implements AutoCloseable {
  /** As many as Go's runtime keeps. */
  static final int KEPT = 256;

  private static final long HALF_MILLISECOND = 500_000;

  private final NotificationListener listener =
      (notification, _) -> heard(notification.getUserData());
  private final List<NotificationEmitter> emitters;
  private final long[] nanos = new long[KEPT];
  private long count;
  private long totalNanos;
  private long lastEndUnixNanos;

  /** Begins to listen. */
  GcPauses() {
    emitters =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(GcPauses::stopsTheProcess)
            .map(NotificationEmitter.class::cast)
            .toList();
    emitters.forEach(emitter -> emitter.addNotificationListener(listener, null, null));
  }

  /** G1's concurrent part and the cycles of the concurrent collectors run beside the program. */
  private static boolean stopsTheProcess(GarbageCollectorMXBean collector) {
    return !collector.getName().contains("Concurrent") && !collector.getName().contains("Cycles");
  }

  private void heard(Object data) {
    if (data instanceof CompositeData composite) {
      long millis = GarbageCollectionNotificationInfo.from(composite).getGcInfo().getDuration();
      long pauseNanos = millis == 0 ? HALF_MILLISECOND : TimeUnit.MILLISECONDS.toNanos(millis);
      add(pauseNanos, TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    }
  }

  synchronized void add(long pauseNanos, long endUnixNanos) {
    nanos[(int) (count % KEPT)] = pauseNanos;
    count++;
    totalNanos += pauseNanos;
    lastEndUnixNanos = endUnixNanos;
  }

  /**
   * The pauses so far.
   *
   * @param nanos the last ones as a ring: the latest at {@code (count + 255) % 256}, 0 where none
   *     was
   */
  record Snapshot(long count, long totalNanos, long lastEndUnixNanos, List<Long> nanos) {}

  synchronized Snapshot snapshot() {
    List<Long> kept = new ArrayList<>(KEPT);
    for (long pause : nanos) {
      kept.add(pause);
    }
    return new Snapshot(count, totalNanos, lastEndUnixNanos, kept);
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("registered by the constructor", e);
      }
    }
  }
}
