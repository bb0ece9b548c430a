package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trakx.bench.store.Population;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.config.ConfigException;
import io.trakx.netty.config.ConfigLoader;
import io.trakx.netty.config.ConfigSources;
import io.trakx.netty.snapshot.SnapshotFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a tracker with ten million peers take to answer a monitor that asks at once again,
 * over a connection that stays open? And the very first question?
 *
 * <p>It lies in the server's package to start a whole tracker, which finds its peers in a snapshot.
 * Nobody announces meanwhile. {@code scripts/bench --readers} asks once a second, as monitors do.
 *
 * <p>{@code scripts/bench jmh app.EndpointBenchmark}
 *
 * <p>On two cores that had nothing else to do, milliseconds, before names and labels of metrics
 * were kept from one page to the next:
 *
 * <pre>
 *                 p50    p99   p99.9    first
 * /metrics       0.36   1.50    2.35      5.1
 * /readyz        0.07   0.19    0.31      3.0
 * </pre>
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 10)
@Measurement(iterations = 1, time = 60)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class EndpointBenchmark {
  private static final String POPULATION = "20x500000";

  /** A tracker with all its peers, and a connection to its metrics port. */
  @State(Scope.Benchmark)
  public static class Running {
    /** What is asked for. */
    @Param({"/debug/vars", "/metrics", "/readyz"})
    public String path;

    private Path directory;
    private TrakxServer server;
    private Monitor monitor;

    /** Starts it, and asks once. */
    @Setup(Level.Trial)
    public void start() throws IOException, ConfigException, StartException {
      directory = Files.createTempDirectory("endpoints");
      Population peers = Population.of(POPULATION, 25);
      write(peers);
      int port = freePort();
      List<String> settings =
          List.of(
              "http.listen=127.0.0.1:0",
              "udp.listen=127.0.0.1:0",
              "metrics.listen=127.0.0.1:" + port,
              "data.directory=" + directory,
              "database.url=none",
              "snapshot.interval=1h");
      ConfigSources sources = new ConfigSources(Optional.empty(), Map.of(), settings);
      server = TrakxServer.start(ConfigLoader.load(sources).config(), List.of("trakx"));
      // What is done once after the start is over by then.
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
      monitor = new Monitor(port, path);
      long begun = System.nanoTime();
      String first = monitor.ask();
      System.out.printf("first answer after %.1f ms%n", (System.nanoTime() - begun) / 1e6);
      if (path.equals("/debug/vars") && !first.contains("\"peer.unique\" : " + peers.peers())) {
        throw new IllegalStateException("not all peers are there: " + first);
      }
    }

    private void write(Population peers) throws IOException {
      SwarmStore store = peers.newStore();
      peers.announceAll(store, 0);
      SnapshotFile file =
          new SnapshotFile(directory.resolve(Keeper.SNAPSHOT), InstantSource.system());
      file.write(store, new ChangeLog(store, 1), new UUID(1, 2), 0, () -> {});
    }

    /** Stops it. */
    @TearDown(Level.Trial)
    public void stop() throws IOException {
      monitor.close();
      server.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }

  /** One connection that asks the same thing again and again. */
  private static final class Monitor implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final byte[] request;

    Monitor(int port, String path) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 17));
      request = "GET %s HTTP/1.1\r\nHost: t\r\n\r\n".formatted(path).getBytes(ISO_8859_1);
    }

    /** The whole answer's body. */
    String ask() {
      try {
        socket.getOutputStream().write(request);
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
          if (line.startsWith("content-length: ")) {
            length = Integer.parseInt(line.substring("content-length: ".length()));
          }
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new String(body, ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Without a pause. */
  @Benchmark
  public String atOnceAgain(Running running) {
    return running.monitor.ask();
  }
}
