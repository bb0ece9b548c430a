package io.trakx.netty.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class LineLayoutTest {
  private static final long MILLIS = 1_795_344_060_123L;

  private final LineLayout layout = new LineLayout();

  private static Log4jLogEvent.Builder event(String text) {
    return Log4jLogEvent.newBuilder()
        .setLoggerName("io.trakx.netty.app.Sweeper")
        .setLevel(Level.WARN)
        .setTimeMillis(MILLIS)
        .setMessage(new SimpleMessage(text));
  }

  @Test
  void eventIsALineWithTimeLevelAndClass() {
    assertThat(layout.toSerializable(event("all is well").build()))
        .isEqualTo("2026-11-22T10:41:00.123Z WARN  Sweeper: all is well\n");
  }

  @Test
  void controlCharactersAreEscaped() {
    String line =
        layout.toSerializable(event("a\r\nb\tc\u001b[31md\u0000e\u0085f\u2028g\u202eh").build());

    assertThat(line)
        .endsWith(": a\\u000d\\u000ab\\u0009c\\u001b[31md\\u0000e\\u0085f\\u2028g\\u202eh\n");
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void exceptionWithItsCausesStaysOnTheLine() {
    Exception thrown =
        new IllegalStateException("outer\nline", new IllegalArgumentException("inner"));

    String line = layout.toSerializable(event("failed").setThrown(thrown).build());

    assertThat(line.lines()).hasSize(1);
    assertThat(line)
        .contains("failed: java.lang.IllegalStateException: outer\\u000aline <- ")
        .contains("LineLayoutTest.exceptionWithItsCausesStaysOnTheLine")
        .contains("; caused by java.lang.IllegalArgumentException: inner <- ");
  }

  @Test
  void longEventIsCutOff() {
    assertThat(layout.toSerializable(event("x".repeat(100_000)).build()).length())
        .isLessThan(20_000);
  }
}
