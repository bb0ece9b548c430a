package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.testing.TestAuthority;
import io.trakx.netty.tls.Credentials;
import io.trakx.netty.tls.ServerTls;
import io.trakx.netty.tls.TlsProvider;
import io.trakx.netty.transport.TransportType;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proxies that pass TLS on as it is, behind a header that is not encrypted. */
@ParameterizedClass
@MethodSource("transportsAndProviders")
@ExtendWith(LeakGuard.class)
class HttpsProxyProtocolTest {
  private static final String PROXY = "127.0.0.2";
  private static final String LINE = ProxyHeaders.line("9.9.9.9", 4711);
  private static final String REFUSAL = FailureReason.INVALID_CLIENT_ADDRESS.text();
  private static final List<String> HEADERS =
      List.of(LINE, ProxyHeaders.binary("9.9.9.9", 4711, "\4\0\5hello"));
  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final X509Bundle BUNDLE = AUTHORITY.issue(1);

  private final ServerTls tls;
  private final TestServer server;

  HttpsProxyProtocolTest(TransportType transport, TlsProvider provider) throws IOException {
    tls =
        new ServerTls(
            provider,
            new Credentials(BUNDLE.getKeyPair().getPrivate(), BUNDLE.getCertificatePathList()));
    server =
        TestServer.on(transport)
            .listen("127.0.0.1", TrustedProxies.parse(List.of(PROXY)), null)
            .encrypted(tls)
            .start();
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

  @AfterEach
  void stop() {
    server.close();
    tls.close();
  }

  /** A proxy's connection, which sends a header at once with the first bytes that pass. */
  private static final class Proxied extends Socket {
    private final byte[] header;
    private boolean sent;

    Proxied(String header) {
      this.header = header.getBytes(ISO_8859_1);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          if (!sent) {
            sent = true;
            all.writeBytes(header);
          }
          all.write(bytes, from, length);
          out.write(all.toByteArray());
        }
      };
    }
  }

  private Socket connected(Socket socket) throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(PROXY), 0));
    socket.setTcpNoDelay(true);
    socket.connect(server.address(0));
    return socket;
  }

  private RawClient encrypted(Socket plain) throws IOException {
    return new RawClient(
        AUTHORITY
            .trustingContext()
            .getSocketFactory()
            .createSocket(plain, "localhost", plain.getPort(), true));
  }

  private static void assertServed(RawClient client) throws IOException {
    for (int request = 0; request < 2; request++) {
      assertThat(
              client
                  .get(Announce.of(hash(1)).toString(), "X-Forwarded-For: 6.6.6.6")
                  .string("external ip"))
          .isEqualTo("\t\t\t\t");
    }
    assertThat(client.get("/page").status()).isEqualTo(200);
  }

  @Test
  void theHeaderComesFirstWithTheHandshakeBehindIt() throws IOException {
    for (String header : HEADERS) {
      try (RawClient client = encrypted(connected(new Proxied(header)))) {
        assertServed(client);
      }
    }
    assertThat(server.count(TrackerCounter.TLS_HANDSHAKES)).isEqualTo(HEADERS.size());
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isZero();
  }

  @Test
  void theHeaderMayComeByteByByte() throws IOException {
    for (String header : HEADERS) {
      Socket plain = connected(new Socket());
      for (byte each : header.getBytes(ISO_8859_1)) {
        plain.getOutputStream().write(each);
      }
      try (RawClient client = encrypted(plain)) {
        assertServed(client);
      }
    }
  }

  @Test
  void withoutASoundHeaderNobodyIsListed() throws IOException {
    for (String header : List.of("", "PROXY TCP4 9.9.9.9\r\n", "nonsense\r\n\r\n")) {
      try (RawClient client = encrypted(connected(new Proxied(header)))) {
        // What a client of TLS makes of it, whether it is told why or not.
        try {
          RawResponse answer = client.get(Announce.of(hash(1)).toString());
          assertThat(answer.string("failure reason")).as(header).contains("proxy");
        } catch (IOException e) {
          assertThat(header).isNotEqualTo(LINE);
        }
      }
    }
    TestServer.await("no connection left", () -> server.server.connections() == 0);
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isEqualTo(3);
    assertThat(server.store.totals().peers()).isZero();
  }

  @Test
  void aHeaderInsideOfTlsIsNone() throws IOException {
    Optional<String> answer = askedWithoutHeader();
    assertThat(answer.orElse(REFUSAL)).contains(REFUSAL);
    TestServer.await("no connection left", () -> server.server.connections() == 0);
    assertThat(server.store.totals().peers()).isZero();
  }

  /** The answer, unless the connection was closed before that could be encrypted. */
  private Optional<String> askedWithoutHeader() throws IOException {
    try (RawClient client = encrypted(connected(new Socket()))) {
      return Optional.of(client.send(LINE).get("/page").text());
    } catch (EOFException | SocketException | SSLException e) {
      return Optional.empty();
    }
  }

  @Test
  void aHandshakeThatDoesNotComeInTimeClosesTheConnection() throws IOException {
    try (RawClient client = new RawClient(connected(new Socket()))) {
      client.send(LINE);
      TestServer.await("open", () -> server.server.connections() == 1);
      server.skip(Duration.ofSeconds(11));
      assertThat(client.closedByServer()).isTrue();
    }
    assertThat(server.count(TrackerCounter.HTTP_TIMEOUTS)).isEqualTo(1);
  }
}
