package io.trakx.netty.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Debian's Chromium without a screen, driven over its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final ClientProcess process;
  private final DevTools tools;

  private Chromium(ClientProcess process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param directory for its profile and its output
   */
  static Chromium start(Path directory) throws IOException {
    Path profile = Files.createDirectories(directory.resolve("chromium"));
    List<String> command =
        List.of(
            "chromium",
            "--headless=new",
            // Not even root may make the sandbox in every container; it sees our own pages only.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    Map<String, String> environment = Map.of("HOME", directory.toString(), "TZ", "UTC");
    ClientProcess process = ClientProcess.start("chromium", directory, environment, command);
    try {
      Path port = profile.resolve("DevToolsActivePort");
      Await.until(
          "listening Chromium",
          START,
          () -> process,
          started -> !started.isAlive() || lines(port).size() == 2);
      List<String> lines = lines(port);
      if (lines.size() != 2) {
        throw new AssertionError("Chromium ended at once: " + process);
      }
      URI socket = URI.create("ws://127.0.0.1:" + lines.getFirst() + lines.get(1));
      return new Chromium(process, DevTools.connect(socket));
    } catch (AssertionError | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new window that nothing was loaded into, without cookies and cache of others. */
  BrowserPage newPage() {
    JsonMapper json = new JsonMapper();
    String context =
        tools
            .call("Target.createBrowserContext", "", json.createObjectNode())
            .path("browserContextId")
            .asText();
    JsonNode target =
        tools.call(
            "Target.createTarget",
            "",
            json.createObjectNode().put("url", "about:blank").put("browserContextId", context));
    JsonNode session =
        tools.call(
            "Target.attachToTarget",
            "",
            json.createObjectNode()
                .put("targetId", target.path("targetId").asText())
                .put("flatten", true));
    return new BrowserPage(tools, session.path("sessionId").asText(), context);
  }

  @Override
  public void close() {
    tools.close();
    process.close();
  }
}
