package io.trakx.netty.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when a test says so, and by a nanosecond with each look. For one thread. */
final class FakeTime {
  private Instant now = Instant.parse("2026-01-01T10:00:00Z");
  private long looks;

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  Instant now() {
    return now;
  }

  long nanoTime() {
    return now.getEpochSecond() * 1_000_000_000 + now.getNano() + looks++;
  }

  Clock clock() {
    return new Clock() {
      private final InstantSource source = () -> now;

      @Override
      public Instant instant() {
        return source.instant();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
