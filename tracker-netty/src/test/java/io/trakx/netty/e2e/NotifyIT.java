package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.NotifyReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the distribution tells systemd, from start to end. */
class NotifyIT {
  @TempDir Path directory;

  @Test
  void tellsThatItServesLivesReloadsAndStops() throws Exception {
    try (NotifyReceiver systemd = new NotifyReceiver(directory.resolve("notify").toString());
        ClientProcess tracker =
            ClientProcess.start(
                "trakx",
                directory,
                Map.of(
                    "TRAKX_JAVA_HOME",
                    System.getProperty("java.home"),
                    "TRAKX_JAVA_OPTS",
                    "-Xmx256m",
                    "NOTIFY_SOCKET",
                    systemd.name(),
                    "WATCHDOG_USEC",
                    "100000"),
                List.of(
                    TrakxProcess.launcher().toString(),
                    "serve",
                    "--set=http.listen=127.0.0.1:0",
                    "--set=udp.listen=127.0.0.1:0",
                    "--set=metrics.listen=127.0.0.1:0"))) {
      assertThat(systemd.next()).startsWith("READY=1\n");
      Await.until(
          "log", Duration.ofSeconds(20), tracker::output, log -> log.contains(" serves on "));
      assertThat(systemd.next()).isEqualTo("WATCHDOG=1");

      tracker.hangUp();
      assertThat(systemd.messagesUntil(message -> message.startsWith("RELOADING=1\n")))
          .last()
          .asString()
          .contains("\nMONOTONIC_USEC=");
      systemd.messagesUntil(message -> message.startsWith("READY=1\n"));
      systemd.messagesUntil(message -> message.equals("WATCHDOG=1"));

      tracker.askToEnd();
      systemd.messagesUntil(message -> message.startsWith("STOPPING=1\n"));
      assertThat(tracker.terminate()).isZero();
    }
  }
}
