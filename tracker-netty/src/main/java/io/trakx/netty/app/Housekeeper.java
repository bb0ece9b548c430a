package io.trakx.netty.app;

import io.trakx.core.DutyCycle;
import io.trakx.core.InMemoryTracker;
import io.trakx.core.swarm.SweepResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The one thread for what is done now and then: forgetting peers, looking after the lists, and
 * reloading on request. Whatever fails is logged and tried again next time.
 */
final class Housekeeper implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(Housekeeper.class);
  private static final Duration LIST_POLL = Duration.ofSeconds(2);
  private static final long CLOSE_SECONDS = 5;

  /** How late a sweep may be before monitors are told. */
  private static final Duration TOLERANCE = Duration.ofMinutes(2);

  /** What a sweep may take of one processor: ten million peers then take a second or two. */
  private static final double SWEEP_SHARE = 0.2;

  /** What is asked of it after its end is dropped: a signal may come at any time. */
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(
          1, task -> new Thread(task, "trakx-housekeeper"), new ThreadPoolExecutor.DiscardPolicy());

  private final InMemoryTracker tracker;
  private final AccessWatch lists;
  private final Duration sweepInterval;
  private final LongSupplier nanoClock;
  private volatile long lastSweepNanos;

  Housekeeper(
      InMemoryTracker tracker, AccessWatch lists, Duration sweepInterval, LongSupplier nanoClock) {
    this.tracker = tracker;
    this.lists = lists;
    this.sweepInterval = sweepInterval;
    this.nanoClock = nanoClock;
    this.lastSweepNanos = nanoClock.getAsLong();
  }

  void start() {
    repeat(this::sweep, sweepInterval);
    repeat(lists::poll, LIST_POLL);
  }

  /** Has {@code task} done by this thread, soon; nothing happens once closed. */
  void run(Runnable task) {
    thread.execute(() -> guarded(task));
  }

  /** Has {@code task} done by this thread once, after {@code delay}, unless closed by then. */
  void runLater(Runnable task, Duration delay) {
    var _ = thread.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why peers are not being forgotten, if so. */
  Optional<String> trouble() {
    Duration since = Duration.ofNanos(nanoClock.getAsLong() - lastSweepNanos);
    return since.compareTo(sweepInterval.plus(TOLERANCE)) <= 0
        ? Optional.empty()
        : Optional.of("no sweep for " + since.toSeconds() + " s; see the log");
  }

  private void sweep() {
    SweepResult result =
        tracker.sweep(new DutyCycle(SWEEP_SHARE, nanoClock, LockSupport::parkNanos));
    lastSweepNanos = nanoClock.getAsLong();
    LOG.debug("{} peers cleaned, {} torrents forgotten", result.cleaned(), result.forgotten());
  }

  /** Has {@code task} done by this thread again and again, with {@code period} in between. */
  void repeat(Runnable task, Duration period) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> guarded(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An exception that got out would end the repetition in silence. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("housekeeping failed, and goes on", e);
    }
  }

  /** Ends the thread after what it is doing. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("housekeeping did not end within {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
