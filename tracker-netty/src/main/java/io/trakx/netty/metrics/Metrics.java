package io.trakx.netty.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * All metrics of the tracker, written in the format that a reader asks for. Thread-safe; metrics
 * may be added at any time.
 */
public final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  /** By the library's defaults; its own properties, of file or environment, are not asked for. */
  private final ExpositionFormats formats =
      ExpositionFormats.init(PrometheusProperties.builder().build());

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
   * Writes the metrics as they are now.
   *
   * @param accept the formats that the reader takes, as in the header of that name; OpenMetrics if
   *     it is among them, else Prometheus' text format
   * @param body takes them, in UTF-8
   * @return their format, for the header {@code content-type}
   */
  public String write(String accept, OutputStream body) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    writer.write(body, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    return writer.getContentType();
  }
}
