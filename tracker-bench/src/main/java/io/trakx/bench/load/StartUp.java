package io.trakx.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures the time from starting this tracker's process to its first answered announce. */
final class StartUp {
  private static final int STARTS = 3;

  private final Launcher launcher;

  StartUp(Launcher launcher) {
    this.launcher = launcher;
  }

  Row measure() throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (RunningTracker tracker =
          launcher.start(TrackerKind.TRAKX, List.of(), Comparison.POPULATION)) {
        seconds.add(tracker.firstAnswerSeconds());
      }
    }
    return Row.absolute(
        "start",
        "from exec to the first answered announce, s",
        Samples.median(seconds),
        Row.Bar.atMost(1.2),
        Row.Bar.atMost(0.6));
  }
}
