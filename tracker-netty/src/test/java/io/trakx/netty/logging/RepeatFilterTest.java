package io.trakx.netty.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter.Result;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.junit.jupiter.api.Test;

class RepeatFilterTest {
  private final RepeatFilter filter = new RepeatFilter();

  private boolean passes(Level level, String format, Object parameter, long millis) {
    Log4jLogEvent event =
        Log4jLogEvent.newBuilder()
            .setLoggerName("io.trakx.Some")
            .setLevel(level)
            .setTimeMillis(millis)
            .setMessage(new ParameterizedMessage(format, parameter))
            .build();
    return filter.filter(event) != Result.DENY;
  }

  private long passing(Level level, String format, int times, long millis) {
    return IntStream.range(0, times).filter(i -> passes(level, format, i, millis)).count();
  }

  @Test
  void sameWarningPassesTenTimesAMinuteWhateverIsFilledIn() {
    assertThat(passing(Level.WARN, "bad header of {}", 1000, 1)).isEqualTo(10);
    assertThat(passing(Level.WARN, "bad header of {}", 1000, 60_000)).isZero();
    assertThat(passing(Level.WARN, "bad header of {}", 1000, 60_001)).isEqualTo(10);
  }

  @Test
  void otherWarningsAndErrorsAreCountedApart() {
    assertThat(passing(Level.WARN, "one {}", 100, 1)).isEqualTo(10);
    assertThat(passing(Level.ERROR, "two {}", 100, 1)).isEqualTo(10);
  }

  @Test
  void aClockThatIsSetBackDoesNotStretchTheMinute() {
    long now = 7_200_000;
    assertThat(passing(Level.WARN, "bad header of {}", 1000, now)).isEqualTo(10);
    assertThat(passing(Level.WARN, "bad header of {}", 1000, now - 3_600_000)).isEqualTo(10);
    assertThat(passing(Level.WARN, "bad header of {}", 1000, now - 3_540_001)).isZero();
    assertThat(passing(Level.WARN, "bad header of {}", 1000, now - 3_540_000)).isEqualTo(10);
  }

  @Test
  void infoAndBelowAreLeftAlone() {
    assertThat(passing(Level.INFO, "info {}", 100, 1)).isEqualTo(100);
    assertThat(passing(Level.DEBUG, "debug {}", 100, 1)).isEqualTo(100);
  }
}
