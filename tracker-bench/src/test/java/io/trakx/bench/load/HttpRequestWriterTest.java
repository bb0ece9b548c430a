package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HttpRequestWriterTest {
  private final Target target = Target.parse("http://127.0.0.1:1337/announce");
  private final Population population = new Population(1000, 10, 10);

  private String request(boolean keepAlive, long peer, RequestKind kind) {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    new HttpRequestWriter(target, population, 50, keepAlive).put(buffer, peer, kind);
    return new String(buffer.array(), 0, buffer.position(), Bytes.ASCII);
  }

  @Test
  void writesAnAnnounceLikeAClient() {
    assertThat(request(false, 1234, RequestKind.STARTED))
        .matches(
            "GET /announce\\?info_hash=[^&]+&peer_id=-TL0001-[0-9a-f]{12}&port=[0-9]+&uploaded=0"
                + "&downloaded=0&left=(0|1048576)&compact=1&numwant=50&key=[0-9]+&event=started"
                + " HTTP/1\\.1\r\nHost: 127\\.0\\.0\\.1:1337\r\n(?s:.*)Connection: close\r\n\r\n");
    assertThat(request(true, 1234, RequestKind.SCRAPE))
        .startsWith("GET /scrape?info_hash=")
        .contains("Connection: keep-alive\r\n");
  }

  @Test
  void encodesInfoHashesSoThatTheyDecodeToThemselves() {
    for (int swarm = 0; swarm < 1000; swarm++) {
      String request = request(false, swarm * 10L, RequestKind.ANNOUNCE);
      String encoded = request.substring(request.indexOf('=') + 1, request.indexOf('&'));
      ByteBuffer hash = ByteBuffer.allocate(20);
      Population.putInfoHash(hash, swarm);

      assertThat(decode(encoded)).isEqualTo(HexFormat.of().formatHex(hash.array()));
    }
  }

  private static String decode(String encoded) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) == '%') {
        hex.append(encoded, i + 1, i + 3);
        i += 2;
      } else {
        hex.append(HexFormat.of().toHexDigits((byte) encoded.charAt(i)));
      }
    }
    return hex.toString().toLowerCase(Locale.ROOT);
  }
}
