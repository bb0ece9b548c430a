package io.trakx.netty.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
  private static final String TOLD =
      "trakx: the log file logs/trakx.log cannot be written: java.io.IOException: disk full";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();
  private final FileTrouble trouble =
      new FileTrouble(
          Path.of("logs/trakx.log"),
          new LineLayout(),
          new PrintStream(written, true, UTF_8),
          nanos::get);

  /** Lets an event fail as the appender and its caller tell of it. */
  private void fail(String text) {
    LogEvent event =
        Log4jLogEvent.newBuilder()
            .setLoggerName("io.trakx.Some")
            .setLevel(Level.INFO)
            .setMessage(new SimpleMessage(text))
            .build();
    Throwable cause = new IllegalStateException("Log4j's", new IOException("disk full"));
    trouble.error("Unable to write", event, cause);
    trouble.error("An exception occurred", event, cause);
  }

  private List<String> lines() {
    return written.toString(UTF_8).lines().toList();
  }

  @Test
  void everyEventComesThereOnceAndTheReasonOnceAMinute() {
    for (int i = 0; i < 100; i++) {
      fail("event " + i);
      nanos.addAndGet(Duration.ofMillis(500).toNanos());
    }
    assertThat(lines()).hasSize(101).first().isEqualTo(TOLD);
    assertThat(lines()).filteredOn(line -> line.endsWith("INFO  Some: event 99")).hasSize(1);

    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    fail("later");
    assertThat(lines()).hasSize(103).element(101).isEqualTo(TOLD);
  }
}
