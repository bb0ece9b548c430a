package io.trakx.netty.systemd;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * systemd, if it is what started the program; else nobody, who is told nothing. What cannot be told
 * is logged, and the program goes on. Thread-safe.
 */
public final class ServiceManager {
  private static final Logger LOG = LogManager.getLogger(ServiceManager.class);

  private final Optional<NotifySocket> socket;
  private final Optional<Duration> watchdog;
  private final LongSupplier nanoClock;

  private ServiceManager(
      Optional<NotifySocket> socket, Optional<Duration> watchdog, LongSupplier nanoClock) {
    this.socket = socket;
    this.watchdog = watchdog;
    this.nanoClock = nanoClock;
  }

  /**
   * The service manager that these variables tell of.
   *
   * @param pid of this process; a watchdog for another one is none of our business
   * @param nanoClock the system's monotonic time, which {@link System#nanoTime} is on Linux
   */
  public static ServiceManager of(
      Map<String, String> environment, long pid, LongSupplier nanoClock) {
    Optional<NotifySocket> socket = variable(environment, "NOTIFY_SOCKET").map(NotifySocket::new);
    Optional<Duration> watchdog =
        variable(environment, "WATCHDOG_USEC")
            .filter(
                _ -> variable(environment, "WATCHDOG_PID").map(Long::valueOf).orElse(pid) == pid)
            .map(micros -> Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
    return new ServiceManager(socket, watchdog, nanoClock);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * The program serves; from here on it shows that it lives.
   *
   * @param loops which have to answer for that
   */
  public void started(List<EventLoop> loops) {
    ready();
    if (socket.isPresent() && watchdog.isPresent()) {
      new Heartbeat(loops, watchdog.get().dividedBy(2), () -> send("WATCHDOG=1")).start();
    }
  }

  /** What {@link #reloading} told of is over. */
  public void ready() {
    send("READY=1\nSTATUS=serving");
  }

  /** The program reads its configuration anew, until {@link #ready}. */
  public void reloading() {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanoClock.getAsLong());
    send("RELOADING=1\nMONOTONIC_USEC=" + micros + "\nSTATUS=reloading");
  }

  /** The program is about to end. */
  public void stopping() {
    send("STOPPING=1\nSTATUS=writing down what it holds");
  }

  private void send(String message) {
    if (socket.isEmpty()) {
      return;
    }
    try {
      socket.get().send(message);
    } catch (IOException e) {
      LOG.warn(
          "systemd cannot be told {}: {}", message.lines().findFirst().orElse(""), e.getMessage());
    }
  }
}
