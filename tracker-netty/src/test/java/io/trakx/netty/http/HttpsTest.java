package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.testing.LogLines;
import io.trakx.netty.testing.TestAuthority;
import io.trakx.netty.tls.Credentials;
import io.trakx.netty.tls.ServerTls;
import io.trakx.netty.tls.TlsProvider;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTPS from outside, with the JDK's client, over every transport and by every provider. */
@ParameterizedClass
@MethodSource("transportsAndProviders")
@ExtendWith(LeakGuard.class)
class HttpsTest {
  private static final int FIRST = 0x111;
  private static final int SECOND = 0x222;
  private static final String CLOSE = " HTTP/1.1\r\nConnection: close\r\n\r\n";
  private static final String KEEP = " HTTP/1.1\r\nHost: t\r\n\r\n";

  /** A ClientHello of TLS 1.1, which the JDK's client cannot be talked into. */
  private static final byte[] OLD_HELLO =
      HexFormat.of()
          .parseHex(
              "1603010031" // a record of a handshake
                  + "0100002d" // a ClientHello
                  + "0302" // TLS 1.1
                  + "5a".repeat(32) // random
                  + "00" // no session
                  + "0006" // cipher suites: of TLS 1.1 and the ending of its offers
                  + "c013002f00ff"
                  + "0100"); // no compression

  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final X509Bundle FIRST_BUNDLE = AUTHORITY.issue(FIRST);
  private static final X509Bundle SECOND_BUNDLE =
      AUTHORITY.issue(SECOND, builder -> builder.rsa2048());

  private final TransportType transport;
  private final ServerTls tls;
  private final TestServer server;

  HttpsTest(TransportType transport, TlsProvider provider) throws IOException {
    this.transport = transport;
    tls = new ServerTls(provider, credentials(FIRST_BUNDLE));
    server = TestServer.on(transport).encrypted(tls).start();
  }

  static List<Arguments> transportsAndProviders() {
    return TestServer.transports().stream()
        .flatMap(
            transport ->
                Stream.of(TlsProvider.values())
                    .filter(TlsProvider::isAvailable)
                    .map(provider -> Arguments.of(transport, provider)))
        .toList();
  }

  private static Credentials credentials(X509Bundle bundle) {
    return new Credentials(bundle.getKeyPair().getPrivate(), bundle.getCertificatePathList());
  }

  @AfterEach
  void stop() {
    server.close();
    tls.close();
  }

  private SSLSocket socket(InetSocketAddress address, String... protocols) throws IOException {
    Socket plain = new Socket(address.getAddress(), address.getPort());
    plain.setTcpNoDelay(true);
    SSLSocket socket =
        (SSLSocket)
            AUTHORITY
                .trustingContext()
                .getSocketFactory()
                .createSocket(plain, "localhost", address.getPort(), true);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private Socket plainSocket() throws IOException {
    InetSocketAddress address = server.address(0);
    return new Socket(address.getAddress(), address.getPort());
  }

  private RawClient connect(String... protocols) throws IOException {
    return new RawClient(socket(server.address(0), protocols));
  }

  private static BigInteger serial(RawClient client) throws IOException {
    return ((X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0])
        .getSerialNumber();
  }

  private static String protocol(RawClient client) {
    return ((SSLSocket) client.socket()).getSession().getProtocol();
  }

  private static String announce(int torrent) {
    return "GET " + Announce.of(hash(torrent));
  }

  private void awaitNoConnection() {
    TestServer.await("no connection left", () -> server.server.connections() == 0);
  }

  @Test
  void newestProtocolIsTakenAndTheOneBefore() throws IOException {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      try (RawClient client = connect(protocol)) {
        String answer = client.send(announce(1) + CLOSE).readAll();

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("10:incompletei1e");
        assertThat(protocol(client)).isEqualTo(protocol);
        assertThat(serial(client)).isEqualTo(FIRST);
      }
    }
    try (RawClient client = connect()) {
      client.get(Announce.of(hash(1)).toString());
      assertThat(protocol(client)).isEqualTo("TLSv1.3");
    }
    assertThat(server.count(TrackerCounter.TLS_HANDSHAKES)).isEqualTo(3);
    assertThat(server.count(TrackerCounter.TLS_HANDSHAKES_FAILED)).isZero();
    assertThat(server.count(TrackerCounter.HTTP_CONNECTIONS)).isEqualTo(3);
    awaitNoConnection();
  }

  @Test
  void olderProtocolIsRefused() throws IOException {
    try (Socket client = plainSocket()) {
      client.setSoTimeout(20_000);
      client.getOutputStream().write(OLD_HELLO);
      byte[] answer = client.getInputStream().readAllBytes();

      // A fatal alert (RFC 8446 section 6): protocol_version.
      assertThat(answer).startsWith(0x15, 3).endsWith(2, 70);
    }
    TestServer.await("counted", () -> server.count(TrackerCounter.TLS_HANDSHAKES_FAILED) == 1);
    awaitNoConnection();
  }

  @Test
  void clientsOverIpv6AreServedToo() throws IOException {
    try (RawClient client = new RawClient(socket(server.address(1)))) {
      assertThat(client.get(Announce.of(hash(1)).toString()).number("incomplete")).isEqualTo(1);
    }
  }

  @Test
  void connectionStaysOpenForFurtherRequests() throws IOException {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      try (RawClient client = connect(protocol)) {
        for (int i = 0; i < 5; i++) {
          assertThat(client.send(announce(i) + KEEP).read().status()).isEqualTo(200);
        }
        assertThat(client.send("GET /page" + KEEP).read().text()).isEqualTo("GET /page");
        assertThat(client.send("HEAD /announce" + KEEP).readHead().status()).isEqualTo(200);
        assertThat(client.get("/scrape?info_hash=" + hash(1)).has("files")).isTrue();
      }
    }
    assertThat(server.count(TrackerCounter.TLS_HANDSHAKES)).isEqualTo(2);
    awaitNoConnection();
  }

  @Test
  void requestsInOneRecordAndInPiecesAreAnsweredInOrder() throws IOException {
    try (RawClient client = connect()) {
      client.send((announce(1) + KEEP).repeat(20) + "GET /page" + KEEP + announce(2) + KEEP);
      for (int i = 0; i < 20; i++) {
        assertThat(client.read().has("interval")).isTrue();
      }
      assertThat(client.read().text()).isEqualTo("GET /page");
      assertThat(client.read().number("incomplete")).isEqualTo(1);
      // Each byte is a record of its own.
      for (char c : (announce(3) + CLOSE).toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.readAll()).contains("10:incompletei1e");
    }
  }

  @Test
  void clientThatEndsItsSessionBehindTheRequestIsAnswered() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawClient client = connect("TLSv1.3")) {
        client.get(Announce.of(hash(1)).toString());
        client.send(announce(2) + KEEP);
        client.socket().shutdownOutput();

        assertThat(client.readAll()).startsWith("HTTP/1.1 200 OK").contains("8:completei0e");
      }
    }
    awaitNoConnection();
  }

  @Test
  void clientThatJustGoesLeavesNothing() throws IOException {
    for (int i = 0; i < 10; i++) {
      try (RawClient client = connect()) {
        client.send(announce(i) + KEEP);
        client.read();
        client.socket().setSoLinger(i % 2 == 0, 0);
      }
      // Not even a handshake.
      plainSocket().close();
    }
    awaitNoConnection();
  }

  @Test
  void refusalReachesAClientThatIsStillSending() throws IOException {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      try (RawClient client = connect(protocol)) {
        client.send("nonsense\r\n\r\n" + "x".repeat(60_000));
        assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
      }
    }
    TestServer.await(
        "closed",
        () -> {
          server.skip(Duration.ofSeconds(1));
          return server.server.connections() == 0;
        });
  }

  @Test
  void refusedClientThatSendsWithoutEndIsCutOff() throws IOException {
    try (RawClient client = connect()) {
      client.send("nonsense\r\n\r\n");
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.send("x".repeat(10_000));
                }
              })
          .isInstanceOf(IOException.class);
    }
    awaitNoConnection();
  }

  @Test
  void largeAnswerArrivesWhole() throws IOException {
    int peers = 3000;
    try (TestServer large =
        TestServer.on(transport)
            .loops(1)
            .encrypted(tls)
            .limits(new StoreLimits(peers + 1, 10, peers + 1))
            .options(TestOptions.defaults().maxPeers(peers).build())
            .start()) {
      try (RawClient client = new RawClient(socket(large.address(0)))) {
        for (int port = 1; port <= peers; port++) {
          client.send("GET " + Announce.of(hash(1)).port(port).with("numwant", 0) + KEEP);
          client.read();
        }
        String target = Announce.of(hash(1)).port(1).with("numwant", peers).toString();
        client.send("GET " + target + "&compact=0" + CLOSE);
        assertThat(client.readAll().split("7:peer id", -1)).hasSize(peers);
      }
    }
  }

  @Test
  void replacedCertificateIsForNewConnectionsOnly() throws IOException {
    try (RawClient old = connect()) {
      assertThat(old.get(Announce.of(hash(1)).toString()).status()).isEqualTo(200);
      tls.replace(credentials(SECOND_BUNDLE));
      try (RawClient fresh = connect()) {
        assertThat(fresh.get(Announce.of(hash(1)).toString()).status()).isEqualTo(200);
        assertThat(serial(fresh)).isEqualTo(SECOND);
      }
      assertThat(old.get(Announce.of(hash(2)).toString()).status()).isEqualTo(200);
      assertThat(serial(old)).isEqualTo(FIRST);
    }
  }

  /** What asks for the session of before must not be shown the certificate of before either. */
  @Test
  void sessionDoesNotOutliveItsCertificate() throws IOException {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      var context = AUTHORITY.trustingContext();
      tls.replace(credentials(FIRST_BUNDLE));
      for (int expected : new int[] {FIRST, SECOND}) {
        int port = server.address(0).getPort();
        try (SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket(server.address(0).getAddress(), port)) {
          socket.setEnabledProtocols(new String[] {protocol});
          RawClient client = new RawClient(socket);
          assertThat(client.get(Announce.of(hash(1)).toString()).status()).isEqualTo(200);
          assertThat(serial(client)).as(protocol).isEqualTo(expected);
        }
        tls.replace(credentials(SECOND_BUNDLE));
      }
    }
  }

  @Test
  void whatIsNotTlsIsClosedWithoutAWordInTheLog() throws IOException {
    try (LogLines log = new LogLines()) {
      List<String> garbage =
          List.of(
              announce(1) + KEEP,
              "GET / HTTP/1.0\r\n\r\n",
              "\u0016\u0003\u0001\u0000\u0005hello",
              "\u0016\u0003\u0001\u00ff\u00ff" + "x".repeat(5000),
              "\u0000".repeat(100),
              "SSH-2.0-OpenSSH_9.2\r\n",
              "\u0015\u0003\u0001\u0000\u0002\u0002(");
      for (String text : garbage) {
        try (Socket client = plainSocket()) {
          client.setSoTimeout(20_000);
          client.getOutputStream().write(text.getBytes(ISO_8859_1));
          client.shutdownOutput();
          assertThat(withoutAlerts(drain(client))).as(text).isEmpty();
        }
      }
      TestServer.await(
          "counted", () -> server.count(TrackerCounter.TLS_HANDSHAKES_FAILED) == garbage.size());
      awaitNoConnection();
      assertThat(log.lines()).filteredOn(line -> !line.startsWith("TRACE")).isEmpty();
    }
    assertThat(server.count(TrackerCounter.HTTP_REQUESTS)).isZero();
  }

  private static byte[] drain(Socket client) {
    try (InputStream in = client.getInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      return new byte[0]; // reset
    }
  }

  /** What is left of an answer if a TLS alert of seven bytes is not counted. */
  private static byte[] withoutAlerts(byte[] answer) {
    return answer.length == 7 && answer[0] == 0x15
        ? Arrays.copyOfRange(answer, 7, answer.length)
        : answer;
  }

  @Test
  void handshakeThatDoesNotEndIsCutOffLikeARequest() throws IOException {
    try (Socket silent = plainSocket();
        Socket dripping = plainSocket()) {
      silent.getOutputStream().write(0x16);
      dripping.getOutputStream().write(OLD_HELLO, 0, 5);
      TestServer.await("both open", () -> server.server.connections() == 2);
      for (int seconds = 0; seconds < 9; seconds++) {
        server.skip(Duration.ofSeconds(1));
        dripping.getOutputStream().write(OLD_HELLO[5 + seconds]);
      }
      assertThat(server.count(TrackerCounter.HTTP_TIMEOUTS)).isZero();
      server.skip(Duration.ofSeconds(2));
      awaitNoConnection();
    }
    assertThat(server.count(TrackerCounter.HTTP_TIMEOUTS)).isEqualTo(2);
    // The last thing that is told of a connection's end.
    TestServer.await("counted", () -> server.count(TrackerCounter.TLS_HANDSHAKES_FAILED) == 2);
  }

  @Test
  void requestThatDripsInIsCutOffWithAnAnswer() throws IOException {
    try (RawClient client = connect()) {
      client.send("GET /announce?");
      TestServer.await("shaken", () -> server.count(TrackerCounter.TLS_HANDSHAKES) == 1);
      // Behind a request, so that what was sent before it is there.
      try (RawClient other = connect()) {
        other.get(Announce.of(hash(1)).toString());
      }
      server.skip(Duration.ofSeconds(11));
      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void clientThatTakesNothingIsCutOff() throws IOException {
    try (RawClient client = connect()) {
      client.socket().setReceiveBufferSize(4096);
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        client.send((announce(1) + KEEP).repeat(30));
                      }
                    } catch (IOException e) {
                      // The server has cut the connection, as it should.
                    }
                  });
      TestServer.await(
          "cut off",
          () -> {
            server.skip(Duration.ofMillis(100));
            return server.count(TrackerCounter.HTTP_TIMEOUTS) == 1;
          });
      // If it was cut off as it asked, it still has to be for what it does not take.
      TestServer.await(
          "closed",
          () -> {
            server.skip(Duration.ofMillis(100));
            return server.server.connections() == 0 && !sender.isAlive();
          });
    }
  }

  @Test
  void stopLetsTheRequestUnderWayEnd() throws Exception {
    // With one event loop, whoever is told of the stop is told behind the loop itself.
    try (TestServer single = TestServer.on(transport).loops(1).encrypted(tls).start();
        RawClient client = new RawClient(socket(single.address(0)));
        RawClient idle = new RawClient(socket(single.address(0)))) {
      idle.get(Announce.of(hash(1)).toString());
      client.send("GET /announce");
      TestServer.await("shaken", () -> single.count(TrackerCounter.TLS_HANDSHAKES) == 2);

      var stopped = single.server.stop(Duration.ofSeconds(20));
      assertThat(idle.readAll()).isEmpty();
      client.send("?info_hash=x" + KEEP);

      assertThat(client.readAll()).contains("Connection: close").contains("failure reason");
      assertThat(stopped.join()).isZero();
    }
  }

  @Test
  void clientThatDoesNotTrustTheCertificateIsCounted() throws IOException {
    Socket plain = plainSocket();
    try (SSLSocket socket =
        (SSLSocket)
            new TestAuthority()
                .trustingContext()
                .getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true)) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
    // In TLS 1.3 the server's part is done before the client says no.
    TestServer.await(
        "counted",
        () ->
            server.count(TrackerCounter.TLS_HANDSHAKES_FAILED)
                    + server.count(TrackerCounter.TLS_HANDSHAKES)
                == 1);
    awaitNoConnection();
  }
}
