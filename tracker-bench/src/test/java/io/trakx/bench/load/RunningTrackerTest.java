package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunningTrackerTest {
  @Test
  void aPausedProcessDoesNothingUntilItGoesOn() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try (RunningTracker tracker = new RunningTracker(TrackerKind.TRAKX, process, 0, 0)) {
      tracker.pause();
      assertThat(awaitState(process, true)).isEqualTo('T');
      tracker.resume();
      assertThat(awaitState(process, false)).isNotEqualTo('T');
      assertThat(tracker.uptimeSeconds()).isBetween(-0.1, 50.0);
    }
    assertThat(process.isAlive()).isFalse();
  }

  /** A signal is on its way for a moment. */
  private static char awaitState(Process process, boolean stopped) throws IOException {
    while (true) {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      if ((state == 'T') == stopped) {
        return state;
      }
      Thread.onSpinWait();
    }
  }
}
