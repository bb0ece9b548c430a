package io.trakx.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A tracker with peers, and with pages and metrics to be read. */
record ReadTracker(RunningTracker tracker, int metricsPort) implements AutoCloseable {
  private static final List<String> METRICS = List.of("/metrics", "/debug/vars", "/readyz");
  private static final List<String> PAGES =
      List.of("/stats.json", "/stats", "/", "/history.json?range=day");

  /**
   * Starts one and has its peers announced.
   *
   * @param pin what makes it run on certain cores, to be put before its command; may be empty
   * @param settings further ones of the tracker
   */
  static ReadTracker filled(
      Launcher launcher,
      Generator generator,
      Machine machine,
      List<String> pin,
      Population population,
      List<String> settings)
      throws IOException, InterruptedException {
    int metricsPort = RunningTracker.freePort();
    List<String> all = new ArrayList<>(settings);
    all.add("metrics.listen=127.0.0.1:" + metricsPort);
    RunningTracker tracker = launcher.start(TrackerKind.TRAKX, pin, population, all);
    try {
      List<String> arguments =
          List.of(
              "fill",
              tracker.url(true),
              "--swarms=" + population.swarms(),
              "--peers-per-swarm=" + population.peersPerSwarm(),
              "--sources=" + population.sources());
      var _ = generator.run(Machine.on(machine.loadCore()), arguments);
      return new ReadTracker(tracker, metricsPort);
    } catch (IOException | InterruptedException | RuntimeException e) {
      tracker.close();
      throw e;
    }
  }

  /** A whole number of {@code /debug/vars} now; 0 if it is not there. */
  long variable(String name) throws IOException {
    URI page = URI.create("http://127.0.0.1:" + metricsPort + "/debug/vars");
    try (InputStream variables = page.toURL().openStream()) {
      return new JsonMapper().readTree(variables).path(name).asLong();
    }
  }

  /** A reader of one page. */
  PageReader reader(String path) throws IOException {
    return new PageReader(METRICS.contains(path) ? metricsPort : tracker.port(), path);
  }

  /** A reader of each page and of all that monitors read. */
  List<PageReader> readers() throws IOException {
    List<PageReader> readers = new ArrayList<>();
    for (String path : METRICS) {
      readers.add(reader(path));
    }
    for (String path : PAGES) {
      readers.add(reader(path));
    }
    return readers;
  }

  @Override
  public void close() {
    tracker.close();
  }
}
