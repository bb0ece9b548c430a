package io.trakx.netty.web;

import java.time.Duration;
import java.util.Optional;

/** A span of time up to now that charts show, in so many steps that a screen can tell apart. */
public enum Range {
  HOUR("hour", "Hour", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
  DAY("day", "Day", Duration.ofDays(1), Duration.ofMinutes(5), Duration.ofMinutes(1)),
  WEEK("week", "Week", Duration.ofDays(7), Duration.ofHours(1), Duration.ofHours(1)),
  MONTH("month", "Month", Duration.ofDays(30), Duration.ofHours(3), Duration.ofHours(1));

  private final String key;
  private final String label;
  private final Duration length;
  private final Duration step;
  private final Duration sampled;

  Range(String key, String label, Duration length, Duration step, Duration sampled) {
    this.key = key;
    this.label = label;
    this.length = length;
    this.step = step;
    this.sampled = sampled;
  }

  /** Its name in addresses and JSON. */
  public String key() {
    return key;
  }

  /** Its name for people. */
  String label() {
    return label;
  }

  /** From its begin to now. */
  public Duration length() {
    return length;
  }

  /** From one point of a chart to the next. */
  public Duration step() {
    return step;
  }

  /** How much time a sample should stand for. */
  public Duration sampled() {
    return sampled;
  }

  /** The range of that name. */
  static Optional<Range> of(String key) {
    for (Range range : values()) {
      if (range.key.equals(key)) {
        return Optional.of(range);
      }
    }
    return Optional.empty();
  }
}
