package io.trakx.netty.systemd;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A beat that stops when an event loop does: it goes from loop to loop like a baton, and counts
 * when the last has had it. One loop that hangs so holds up all later beats. Needs no thread of its
 * own, and ends with the loops.
 */
final class Heartbeat {
  private final List<EventLoop> loops;
  private final Duration interval;
  private final Runnable beat;

  /**
   * @param loops at least one
   * @param interval from one beat to the beginning of the next round
   * @param beat what to do each time, on the last of the loops; must not block
   */
  Heartbeat(List<EventLoop> loops, Duration interval, Runnable beat) {
    this.loops = loops;
    this.interval = interval;
    this.beat = beat;
  }

  /** Begins with a beat as soon as all loops answer. */
  void start() {
    pass(0);
  }

  private void pass(int done) {
    try {
      if (done < loops.size()) {
        loops.get(done).execute(() -> pass(done + 1));
      } else {
        beat.run();
        var _ = loops.getFirst().schedule(() -> pass(0), interval.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      // The loops are being closed, and the program with them.
      return;
    }
  }
}
