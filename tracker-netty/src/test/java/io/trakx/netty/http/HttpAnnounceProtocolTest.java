package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The HTTP announce as clients know it: bytes in, bytes out, over loopback sockets. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpAnnounceProtocolTest {
  private static final String HASH = "%00%01%02%03%04%05%06%07%08%09%0a%0b%0c%0d%0e%0f%f0%f1%f2%f3";

  private final TestServer server;

  HttpAnnounceProtocolTest(TransportType transport) throws IOException {
    server = TestServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aKnownSwarmIsAnswered() throws Exception {
    server.get("127.0.0.2", announce(HASH, 6881, "&left=0"));
    RawResponse answer = server.get("127.0.0.3", announce(HASH, 6882, "&left=1"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.string("peers")).isEqualTo("\177\0\0\2\032\341");
  }

  private static String announce(String hash, int port, String more) {
    return "/announce?info_hash="
        + hash
        + "&peer_id=-TR3000-abcdefghijkl&port="
        + port
        + "&uploaded=0&downloaded=0"
        + more;
  }
}
