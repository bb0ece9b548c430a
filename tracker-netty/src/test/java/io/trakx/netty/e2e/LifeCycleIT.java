package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution from start to end: figures, reloads, a clean stop, and starts that fail. */
class LifeCycleIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String INFO_HASH = "aaaaaaaaaaaaaaaaaaaa";
  private static final String INFO_HASH_HEX = "61".repeat(20);
  private static final String ANNOUNCE =
      "GET /announce?info_hash=%s&peer_id=bbbbbbbbbbbbbbbbbbbb&port=6881&left=%d HTTP/1.1\r\n";

  @TempDir Path directory;

  private TrakxProcess start(String... settings) throws IOException {
    return TrakxProcess.start(
        directory, UnaryOperator.identity(), List.of("127.0.0.1:0", "[::1]:0"), settings);
  }

  /** One request on a connection of its own; the whole response. */
  private static String exchange(InetSocketAddress server, String head) {
    try (Socket socket = connect(server)) {
      send(socket, head + "Connection: close\r\n\r\n");
      return readAll(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket connect(InetSocketAddress server) throws IOException {
    Socket socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static String readAll(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  private static String announce(InetSocketAddress server, int left) {
    return exchange(server, ANNOUNCE.formatted(INFO_HASH, left));
  }

  private static JsonNode variables(TrakxProcess tracker) {
    String response = exchange(tracker.metrics(), "GET /debug/vars HTTP/1.1\r\nHost: t\r\n");
    try {
      return new ObjectMapper().readTree(response.substring(response.indexOf("\r\n\r\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean refusesConnections(InetSocketAddress server) {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      return !socket.isConnected();
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void awaitLog(TrakxProcess tracker, String text) {
    Await.until("log of " + text, LIMIT, tracker::log, log -> log.contains(text));
  }

  @Test
  void connectionIdsOfAnEarlierRunMeanNothing() throws Exception {
    long id;
    try (TrakxProcess earlier = start();
        DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      id = ask(client, earlier, connect(1)).getLong(8);
      assertThat(ask(client, earlier, scrape(id)).getInt(0)).isEqualTo(2);
      assertThat(earlier.terminate()).isZero();
    }
    try (TrakxProcess later = start();
        DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      client.send(datagram(later, scrape(id)));
      // The scrape is dropped in silence: what comes is the answer to what was sent behind it.
      assertThat(ask(client, later, connect(3)).getInt(4)).isEqualTo(3);
    }
  }

  private static byte[] connect(int transaction) {
    return ByteBuffer.allocate(16).putLong(0x41727101980L).putInt(0).putInt(transaction).array();
  }

  private static byte[] scrape(long connectionId) {
    return ByteBuffer.allocate(36).putLong(connectionId).putInt(2).putInt(2).array();
  }

  private static DatagramPacket datagram(TrakxProcess tracker, byte[] bytes) {
    return new DatagramPacket(bytes, bytes.length, tracker.udp().getFirst());
  }

  private static ByteBuffer ask(DatagramSocket client, TrakxProcess tracker, byte[] question)
      throws IOException {
    client.setSoTimeout((int) LIMIT.toMillis());
    client.send(datagram(tracker, question));
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    client.receive(answer);
    return ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
  }

  @Test
  void announcesShowInTheFiguresAndStopIsClean() throws Exception {
    try (TrakxProcess tracker = start()) {
      assertThat(announce(tracker.http().get(0), 0)).contains("200 OK", "8:completei1e");
      assertThat(announce(tracker.http().get(1), 5)).contains("200 OK", "10:incompletei1e");

      JsonNode vars =
          Await.until(
              "both peers",
              LIMIT,
              () -> variables(tracker),
              figures -> figures.get("peer.unique").asLong() == 2);
      assertThat(vars.get("hash.unique").asLong()).isEqualTo(1);
      assertThat(vars.get("ip.unique").asLong()).isEqualTo(2);
      assertThat(vars.get("tracker.seeds").asLong()).isEqualTo(1);
      assertThat(vars.get("tracker.leeches").asLong()).isEqualTo(1);
      assertThat(vars.get("trakx.announces").asLong()).isEqualTo(2);
      assertThat(vars.get("trakx.version").asText()).isNotEqualTo("unpackaged");
      assertThat(exchange(tracker.metrics(), "GET /readyz HTTP/1.1\r\nHost: t\r\n"))
          .contains("200 OK");
      assertThat(exchange(tracker.http().getFirst(), "GET / HTTP/1.1\r\nHost: t\r\n"))
          .contains("http://t/announce");

      assertThat(tracker.terminate()).isZero();
      assertThat(tracker.log().lines())
          .allMatch(
              Pattern.compile("^2[0-9-]{9}T[0-9:.]{12}Z (INFO |WARN ) \\w+: .*").asPredicate())
          .last()
          .asString()
          .contains("stopped after");
    }
  }

  @Test
  void hangUpReloadsListsAndLogLevel() throws Exception {
    Path denied = Files.writeString(directory.resolve("denied"), "");
    Path config =
        Files.writeString(
            directory.resolve("trakx.yaml"), "access: {denylist: [%s]}%n".formatted(denied));
    try (TrakxProcess tracker = start("peers.sweep_interval=1s")) {
      assertThat(announce(tracker.http().getFirst(), 0)).contains("8:complete");

      Files.writeString(denied, INFO_HASH_HEX + " taken down");
      Files.writeString(config, "access: {denylist: [%s]}%nlog: {level: debug}".formatted(denied));
      tracker.process().hangUp();
      awaitLog(tracker, "lists read: 1 torrents denied");
      awaitLog(tracker, " DEBUG Housekeeper: 0 peers cleaned");
      assertThat(announce(tracker.http().getFirst(), 0)).contains("failure reason", "taken down");

      Files.writeString(config, "log: {level: loud}");
      tracker.process().hangUp();
      awaitLog(tracker, "the old configuration stays in force");
      assertThat(announce(tracker.http().getFirst(), 0)).contains("failure reason");
    }
  }

  @Test
  void listThatChangesIsReadWithoutASignal() throws Exception {
    Path denied = Files.writeString(directory.resolve("denied"), "");
    try (TrakxProcess tracker = start("access.denylist=" + denied)) {
      Files.writeString(denied, INFO_HASH_HEX);

      Await.until(
          "refusal",
          LIMIT,
          () -> announce(tracker.http().getFirst(), 0),
          answer -> answer.contains("failure reason"));
    }
  }

  @Test
  void requestUnderWayIsAnsweredBeforeTheEnd() throws Exception {
    try (TrakxProcess tracker = start();
        Socket socket = connect(tracker.http().getFirst())) {
      send(socket, ANNOUNCE.formatted(INFO_HASH, 0));
      Await.until(
          "connection",
          LIMIT,
          () -> variables(tracker),
          figures -> figures.get("trakx.http.connections").asLong() > 0);

      tracker.process().askToEnd();
      Await.until(
          "closed port",
          LIMIT,
          () -> refusesConnections(tracker.http().getFirst()),
          refused -> refused);
      send(socket, "Host: t\r\n\r\n");

      assertThat(readAll(socket)).contains("200 OK", "8:completei1e");
      assertThat(tracker.process().awaitExit(30)).isZero();
      assertThat(tracker.log()).doesNotContain("were cut");
    }
  }

  @Test
  void requestThatDoesNotEndIsCutAfterTheGrace() throws Exception {
    try (TrakxProcess tracker = start("shutdown.grace=1s");
        Socket socket = connect(tracker.http().getFirst())) {
      send(socket, ANNOUNCE.formatted(INFO_HASH, 0));
      Await.until(
          "connection",
          LIMIT,
          () -> variables(tracker),
          figures -> figures.get("trakx.http.connections").asLong() > 0);

      assertThat(tracker.terminate()).isZero();
      assertThat(tracker.log()).contains("1 connections were cut with a request under way");
    }
  }

  @Test
  void logFileIsWrittenAndItsLevelHolds() throws Exception {
    Path log = directory.resolve("logs/trakx.log");
    try (ClientProcess process =
        launch(
            "serve",
            "--set=http.listen=127.0.0.1:0",
            "--set=udp.listen=",
            "--set=metrics.listen=",
            "--set=log.file=" + log)) {
      Await.until(
          "log file",
          LIMIT,
          () -> process.isAlive() && Files.exists(log) ? read(log) : process.output(),
          text -> text.contains(" serves on 127.0.0.1:"));

      assertThat(process.terminate()).isZero();
      assertThat(process.output()).isEmpty();
      assertThat(read(log)).contains("stopped after");
    }
  }

  @Test
  void portInUseIsOneLineAndExitOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ClientProcess process =
            launch(
                "serve",
                "--set=http.listen=127.0.0.1:" + taken.getLocalPort(),
                "--set=udp.listen=127.0.0.1:0",
                "--set=metrics.listen=127.0.0.1:0")) {
      assertThat(process.awaitExit(30)).isEqualTo(1);
      assertThat(process.output().lines())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("trakx: cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void badConfigurationIsALineForEachErrorAndExitOne() throws Exception {
    try (ClientProcess process =
        launch("serve", "--set=log.level=loud", "--set=peers.timeout=5", "--set=x.y=z")) {
      assertThat(process.awaitExit(30)).isEqualTo(1);
      assertThat(process.output().lines())
          .hasSize(3)
          .allMatch(line -> line.startsWith("trakx: --set: "));
    }
  }

  @Test
  void commandLineThatIsNotUnderstoodIsExitTwo() throws Exception {
    try (ClientProcess process = launch("sevre")) {
      assertThat(process.awaitExit(30)).isEqualTo(2);
    }
  }

  private ClientProcess launch(String... arguments) throws IOException {
    return ClientProcess.start(
        "launch",
        directory,
        Map.of("TRAKX_JAVA_HOME", System.getProperty("java.home")),
        Stream.concat(Stream.of(TrakxProcess.launcher().toString()), Stream.of(arguments))
            .toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
