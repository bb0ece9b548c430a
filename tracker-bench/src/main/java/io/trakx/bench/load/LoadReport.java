package io.trakx.bench.load;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run found.
 *
 * @param requests answered rightly
 * @param perSecond the same a second
 * @param errors what went wrong, and how often
 * @param peersPerAnnounce the mean number of peers given
 * @param latencyMicros from the time when a request was to be sent to its answer
 * @param server what the tracker used; null if its process is unknown
 * @param generatorMicrosPerRequest processor time of the generator
 */
record LoadReport(
    String transport,
    String target,
    int connections,
    double rate,
    double seconds,
    long requests,
    double perSecond,
    Map<Verdict, Long> errors,
    double peersPerAnnounce,
    Latency latencyMicros,
    @Nullable Server server,
    double generatorMicrosPerRequest) {

  /** Percentiles. */
  record Latency(double p50, double p90, double p99, double p999, double max) {
    static Latency of(Tally tally) {
      return new Latency(
          tally.latencyMicros(50),
          tally.latencyMicros(90),
          tally.latencyMicros(99),
          tally.latencyMicros(99.9),
          tally.latencyMicros(100));
    }
  }

  /**
   * What the tracker's process used.
   *
   * @param userMicrosPerRequest processor time in user space
   * @param systemMicrosPerRequest processor time in the kernel
   * @param cores how many processor cores it kept busy
   */
  record Server(
      double userMicrosPerRequest,
      double systemMicrosPerRequest,
      double cores,
      long residentBytes,
      long proportionalBytes) {
    double microsPerRequest() {
      return userMicrosPerRequest + systemMicrosPerRequest;
    }
  }

  /** How many requests did not get a right answer. */
  long errorCount() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "%s to %s, %d connections", transport, target, connections);
    if (rate > 0) {
      line(text, "fixed rate       %,12.0f a second wanted", rate);
    }
    line(text, "answered         %,12d in %.1f s: %,.0f a second", requests, seconds, perSecond);
    line(text, "errors           %,12d %s", errorCount(), errors.isEmpty() ? "" : errors);
    line(text, "peers given      %12.1f an announce", peersPerAnnounce);
    line(
        text,
        "latency          %,12.0f µs p50, %,.0f p90, %,.0f p99, %,.0f p99.9, %,.0f max",
        latencyMicros.p50,
        latencyMicros.p90,
        latencyMicros.p99,
        latencyMicros.p999,
        latencyMicros.max);
    if (server != null) {
      line(
          text,
          "server CPU       %12.2f µs a request: %.2f user, %.2f system; %.2f cores busy",
          server.microsPerRequest(),
          server.userMicrosPerRequest,
          server.systemMicrosPerRequest,
          server.cores);
      line(
          text,
          "server memory    %,12d KiB resident, %,d KiB proportional",
          server.residentBytes / 1024,
          server.proportionalBytes / 1024);
    }
    line(text, "generator CPU    %12.2f µs a request", generatorMicrosPerRequest);
    return text.toString();
  }

  @FormatMethod
  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }
}
