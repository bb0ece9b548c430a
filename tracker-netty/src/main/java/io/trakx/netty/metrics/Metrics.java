package io.trakx.netty.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

/**
 * All metrics of the tracker, written in the format that a reader asks for. Thread-safe; metrics
 * may be added at any time.
 */
public final class Metrics {
  private static final int USUAL_BYTES = 64 << 10;

  private final PrometheusRegistry registry = new PrometheusRegistry();

  /** By the library's defaults; its own properties, of file or environment, are not asked for. */
  private final ExpositionFormats formats =
      ExpositionFormats.init(PrometheusProperties.builder().build());

  /**
   * The metrics at one moment.
   *
   * @param contentType their format, for the header of that name
   */
  public record Page(String contentType, String body) {}

  /** Adds what {@code collector} shows; asked for every page, so it must be quick. */
  public void add(MultiCollector collector) {
    registry.register(collector);
  }

  /**
   * Adds one gauge.
   *
   * @param key its name as in {@code /debug/vars}, there under {@code trakx.}: {@code
   *     database.samples_waiting} is {@code trakx_database_samples_waiting} here
   * @param help what it says, in one sentence
   * @param value asked for every page, so it must be quick
   */
  public void gauge(String key, String help, LongSupplier value) {
    add(Family.gauge(Family.name(key), help, LongSupplier::getAsLong), value);
  }

  /**
   * Adds one gauge of a time.
   *
   * @param key as for {@link #gauge}; {@code _seconds} is added to the name
   * @param help what it says, in one sentence
   * @param millis asked for every page, so it must be quick
   */
  public void duration(String key, String help, LongSupplier millis) {
    String name = Family.name(key) + "_seconds";
    add(Family.gauge(name, help, source -> Unit.millisToSeconds(source.getAsLong())), millis);
  }

  /**
   * Adds one counter, which only grows.
   *
   * @param key its name as in {@code /debug/vars}, there under {@code trakx.}: {@code
   *     database.flushes} is {@code trakx_database_flushes_total} here
   * @param help what it counts, in one sentence
   * @param value asked for every page, so it must be quick
   */
  public void counter(String key, String help, LongSupplier value) {
    add(Family.counter(Family.name(key), help, LongSupplier::getAsLong), value);
  }

  private void add(Family<LongSupplier> family, LongSupplier value) {
    registry.register(() -> family.read(value));
  }

  /**
   * The metrics now.
   *
   * @param accept the formats that the reader takes, as in the header of that name; OpenMetrics if
   *     it is among them, else Prometheus' text format
   */
  public Page page(String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    MetricSnapshots snapshots = registry.scrape();
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_BYTES);
    try {
      writer.write(body, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return new Page(writer.getContentType(), body.toString(UTF_8));
  }
}
