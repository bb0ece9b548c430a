package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static LoadReport report(double cpuMicros, double perSecond) {
    return new LoadReport(
        "UDP",
        "127.0.0.1:1",
        64,
        0,
        1,
        1000,
        perSecond,
        Map.of(),
        50,
        new LoadReport.Latency(1, 2, 3, 4, 5),
        new LoadReport.Server(cpuMicros, 0, 1, 1, 1),
        1);
  }

  @Test
  void holdsMediansAgainstEachOtherAndTheBar() {
    Results results = new Results();
    for (double micros : new double[] {4, 5, 9}) {
      results.add(Workload.UDP, TrackerKind.TRAKX, report(micros, 100));
      results.add(Workload.UDP, TrackerKind.OPENTRACKER, report(10, 100));
    }

    assertThat(results.table())
        .contains("| UDP announce | server CPU per announce, µs | 5.00 | 10.00 | 0.50 |")
        .contains("| bar | 100 % |");
  }

  @Test
  void saysWhereABarIsMissed() {
    Results results = new Results();
    results.add(Workload.HTTP_CLOSE_ALL_CORES, TrackerKind.TRAKX, report(1, 119));
    results.add(Workload.HTTP_CLOSE_ALL_CORES, TrackerKind.OPENTRACKER, report(1, 100));

    assertThat(results.table()).contains("| 1.19 | ≥ 1.20 | ≥ 1.50 | **no** |");
  }

  @Test
  void reportsSurviveJson() throws IOException {
    LoadReport report = report(4.5, 100);

    assertThat(Json.read(Json.write(report))).isEqualTo(report);
  }
}
