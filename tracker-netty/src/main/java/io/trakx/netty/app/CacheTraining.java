package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tracker that is started to be watched by Java: it serves what trackers are asked for, and ends.
 */
final class CacheTraining {
  /** Enough for the methods of an announce to be compiled, in less than a second. */
  private static final int ROUNDS = 500;

  private static final int SWARMS = 20;
  private static final int FIRST_PORT = 10_000;
  private static final long LIMIT_SECONDS = 120;

  /** The line that says that the start is over; its groups are ports. */
  private static final Pattern STARTED =
      Pattern.compile(" serves on 127\\.0\\.0\\.1:(\\d+), metrics on 127\\.0\\.0\\.1:(\\d+);");

  private final Path launcher;

  CacheTraining(Path launcher) {
    this.launcher = launcher;
  }

  /**
   * Runs the tracker, and has its Java write the cache.
   *
   * @return what it printed
   * @throws IOException if it does not start, answer or end as it should; the message has its words
   */
  String run() throws IOException, InterruptedException {
    // Neither the operator's configuration nor the operator's data.
    Path nothing = Files.createTempFile("trakx", ".yaml");
    Process process = start(nothing);
    CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append('\n').append(line);
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          ask(Integer.parseInt(started.group(1)), Integer.parseInt(started.group(2)));
          // Not Process.destroy, which closes the output as well: Java has yet to write the cache.
          process.toHandle().destroy();
        }
      }
    } finally {
      process.destroy();
      Files.delete(nothing);
    }
    if (process.waitFor() != 0) {
      throw new IOException("exit code " + process.exitValue() + output);
    }
    return output.toString();
  }

  private Process start(Path config) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                launcher.toString(),
                "serve",
                "--config=" + config,
                "--set=http.listen=127.0.0.1:0",
                "--set=metrics.listen=127.0.0.1:0")
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TRAKX_"));
    builder.environment().put("TRAKX_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TRAKX_CACHE", "make");
    return builder.start();
  }

  private static void ask(int http, int metrics) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      String hash = "info_hash=trakx-cache-swarm-%02d".formatted(i % SWARMS);
      get(
          http,
          ("/announce?%s&peer_id=-TX0000-%012d&port=%d&left=%d&uploaded=0&downloaded=0"
                  + "&compact=1&event=started")
              .formatted(hash, i, FIRST_PORT + i, i % 2));
      get(http, "/scrape?" + hash);
    }
    get(http, "/");
    get(metrics, "/debug/vars");
    get(metrics, "/readyz");
  }

  private static void get(int port, String target) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".formatted(target);
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String response = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      if (!response.startsWith("HTTP/1.1 200")) {
        throw new IOException(target + " was answered with " + response);
      }
    }
  }
}
