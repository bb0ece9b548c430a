package io.trakx.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Reads pages and metrics once a second, while nobody announces: how long each takes with ten
 * thousand and with many peers, of a tracker just started and of one that has run for a while.
 *
 * <p>In its first minutes a tracker has Java compile what it did so far, on the cores that its
 * pages need, too. A page that is read so seldom finds nothing of it in the processor's caches, and
 * little of its code compiled, so the first readings stand for a tracker just started, and as many
 * as an hour has seconds are made at once before those of one that has run for a while. Of that one
 * all pages are read in the same minutes, as it is by who watches it, and each finds warm what the
 * others use, too. {@code EndpointBenchmark} asks without a pause. The reader's own code is
 * compiled beforehand, and a page that lies ready tells how much of the time is its own and the
 * machine's.
 */
final class Readers {
  /** These have a bar. */
  private static final List<String> MEASURED = List.of("/metrics", "/debug/vars", "/stats.json");

  private static final int PEERS_PER_SWARM = 20;
  private static final Population FEW = new Population(500, PEERS_PER_SWARM, 64);
  private static final double BAR_MILLIS = 5;

  /** What a tracker does once after its start is over by then. */
  private static final int SETTLING_SECONDS = 5;

  /** As long as {@code /metrics}, more or less. */
  private static final int CANNED_BYTES = 32 << 10;

  /** What a tracker does in its first minutes is compiled by then. */
  private static final int YOUNG_SECONDS = 150;

  private static final int FIRST_READINGS = 20;
  private static final int READINGS_OF_AN_HOUR = 3_600;
  private static final int OWN_WARMUP = 20_000;

  private final Launcher launcher;
  private final Generator generator;
  private final Machine machine;
  private final Population many;
  private final int readings;
  private final PrintStream progress;

  /**
   * @param full ten million peers rather than one, and more readings, so that it takes three slow
   *     ones to make the p99
   */
  Readers(
      Launcher launcher, Generator generator, Machine machine, boolean full, PrintStream progress) {
    this.launcher = launcher;
    this.generator = generator;
    this.machine = machine;
    this.many = new Population(full ? 500_000 : 50_000, PEERS_PER_SWARM, 64);
    this.readings = full ? 300 : 100;
    this.progress = progress;
  }

  void run(Results results) throws IOException, InterruptedException {
    canned();
    for (Population population : List.of(FEW, many)) {
      latencies(population, results);
    }
  }

  private void canned() throws IOException, InterruptedException {
    try (CannedPage page = new CannedPage(CANNED_BYTES);
        PageReader reader = new PageReader(page.port(), "/")) {
      for (int i = 0; i < OWN_WARMUP; i++) {
        var _ = reader.read();
      }
      tell("a page that lies ready", onceASecond(reader));
    }
  }

  private void latencies(Population population, Results results)
      throws IOException, InterruptedException {
    try (ReadTracker read =
        ReadTracker.filled(launcher, generator, machine, List.of(), population, List.of())) {
      TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
      for (String path : MEASURED) {
        String which = "%s for the first time, %,d peers".formatted(path, population.peers());
        tell(which, onceASecond(read, path));
      }
      for (String path : MEASURED) {
        readAtOnce(read, path);
      }
      TimeUnit.SECONDS.sleep(Math.max(0, YOUNG_SECONDS - (long) read.tracker().uptimeSeconds()));
      List<double[]> pages = inTurn(read);
      for (int page = 0; page < MEASURED.size(); page++) {
        String which =
            "%s once a second, %,d peers".formatted(MEASURED.get(page), population.peers());
        double[] millis = pages.get(page);
        tell(which, millis);
        Arrays.sort(millis);
        results.add(
            Row.absolute(
                which,
                "p99 latency, ms",
                at(millis, .99),
                Row.Bar.atMost(BAR_MILLIS),
                Row.Bar.atMost(BAR_MILLIS / 2)));
      }
    }
  }

  private void readAtOnce(ReadTracker read, String path) throws IOException {
    try (PageReader reader = read.reader(path)) {
      for (int i = 0; i < READINGS_OF_AN_HOUR; i++) {
        var _ = reader.read();
      }
    }
  }

  private double[] onceASecond(ReadTracker read, String path)
      throws IOException, InterruptedException {
    try (PageReader reader = read.reader(path)) {
      return onceASecond(reader);
    }
  }

  /** Milliseconds, for each page: each once a second, at times of its own within it. */
  private List<double[]> inTurn(ReadTracker read) throws IOException, InterruptedException {
    List<PageReader> readers = new ArrayList<>();
    List<double[]> millis = new ArrayList<>();
    try {
      for (String path : MEASURED) {
        readers.add(read.reader(path));
        millis.add(new double[readings]);
      }
      for (int i = 0; i < readings; i++) {
        for (int page = 0; page < readers.size(); page++) {
          TimeUnit.MILLISECONDS.sleep(1_000 / readers.size());
          millis.get(page)[i] = readers.get(page).read() / 1e6;
        }
      }
    } finally {
      for (PageReader reader : readers) {
        reader.close();
      }
    }
    return millis;
  }

  /** Milliseconds, in the order of the readings. */
  private double[] onceASecond(PageReader reader) throws IOException, InterruptedException {
    double[] millis = new double[FIRST_READINGS];
    for (int i = 0; i < FIRST_READINGS; i++) {
      TimeUnit.SECONDS.sleep(1);
      millis[i] = reader.read() / 1e6;
    }
    return millis;
  }

  private void tell(String which, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    progress.printf(
        Locale.ROOT,
        "%s: %.2f ms first, %.2f p50, %.2f p90, %.2f p99, %.2f max%n",
        which,
        millis[0],
        at(sorted, .5),
        at(sorted, .9),
        at(sorted, .99),
        sorted[sorted.length - 1]);
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length))];
  }
}
