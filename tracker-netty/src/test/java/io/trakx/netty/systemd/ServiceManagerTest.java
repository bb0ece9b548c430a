package io.trakx.netty.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.LogLines;
import io.trakx.netty.testing.NotifyReceiver;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TransportType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
  private static final long PID = 4711;

  /** Two beats in that time. */
  private static final String WATCHDOG_MICROS = "20000";

  @TempDir Path directory;

  private EventLoops loops;
  private NotifyReceiver systemd;

  @BeforeEach
  void listen() throws Exception {
    loops = new EventLoops(TransportType.AUTO, 2, "test-loop");
    systemd = new NotifyReceiver(directory.resolve("notify").toString());
  }

  @AfterEach
  void close() throws Exception {
    loops.close();
    systemd.close();
  }

  private static ServiceManager manager(Map<String, String> environment) {
    return ServiceManager.of(environment, PID, () -> 1_234_567_000L);
  }

  private void assertTellsOfItsLife(String socket) throws Exception {
    try (NotifyReceiver receiver =
        socket.equals(systemd.name()) ? systemd : new NotifyReceiver(socket)) {
      ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", socket));

      manager.started(loops.all());
      manager.reloading();
      manager.ready();
      manager.stopping();

      assertThat(receiver.next()).isEqualTo("READY=1\nSTATUS=serving");
      assertThat(receiver.next())
          .isEqualTo("RELOADING=1\nMONOTONIC_USEC=1234567\nSTATUS=reloading");
      assertThat(receiver.next()).isEqualTo("READY=1\nSTATUS=serving");
      assertThat(receiver.next()).startsWith("STOPPING=1\n");
      assertThat(receiver.poll()).isNull();
    }
  }

  @Test
  void tellsASocketWithAFile() throws Exception {
    assertTellsOfItsLife(systemd.name());
  }

  @Test
  void tellsASocketWithoutAFile() throws Exception {
    assertTellsOfItsLife("@trakx-test-" + ProcessHandle.current().pid());
  }

  @Test
  void pingsOnlyWhileEveryLoopAnswers() throws Exception {
    CountDownLatch hung = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    manager(
            Map.of(
                "NOTIFY_SOCKET",
                systemd.name(),
                "WATCHDOG_USEC",
                WATCHDOG_MICROS,
                "WATCHDOG_PID",
                Long.toString(PID)))
        .started(loops.all());
    assertThat(systemd.next()).startsWith("READY=1");
    assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
    assertThat(systemd.next()).isEqualTo("WATCHDOG=1");

    loops
        .all()
        .getLast()
        .execute(
            () -> {
              hung.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    hung.await();
    // Whatever was sent before the loop hung.
    while (systemd.poll() != null) {}
    // Ten beats' time, by the clock of the loop that still answers.
    loops.all().getFirst().schedule(() -> {}, 100, TimeUnit.MILLISECONDS).sync();
    assertThat(systemd.poll()).isNull();

    goOn.countDown();
    assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
  }

  @Test
  void doesNotPingForAnotherProcess() throws Exception {
    manager(
            Map.of(
                "NOTIFY_SOCKET",
                systemd.name(),
                "WATCHDOG_USEC",
                WATCHDOG_MICROS,
                "WATCHDOG_PID",
                Long.toString(PID + 1)))
        .started(loops.all());
    assertThat(systemd.next()).startsWith("READY=1");

    loops.all().getFirst().schedule(() -> {}, 100, TimeUnit.MILLISECONDS).sync();
    assertThat(systemd.poll()).isNull();
  }

  @Test
  void withoutSystemdNobodyIsTold() throws Exception {
    try (LogLines log = new LogLines()) {
      ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", "", "WATCHDOG_USEC", ""));
      manager.started(List.of());
      manager.reloading();
      manager.stopping();

      assertThat(log.lines()).isEmpty();
      assertThat(systemd.poll()).isNull();
    }
  }

  @Test
  void saysWhatCouldNotBeTold() throws Exception {
    try (LogLines log = new LogLines()) {
      manager(Map.of("NOTIFY_SOCKET", directory.resolve("nobody").toString())).stopping();

      assertThat(log.lines()).singleElement().asString().contains("STOPPING=1");
    }
  }
}
