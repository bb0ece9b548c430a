package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {
  private static String written(ConnectionOption connection, int contentLength) {
    ByteBuf out = Unpooled.buffer(ResponseHead.length(connection, contentLength));
    int capacity = out.capacity();
    ResponseHead.write(out, connection, contentLength);
    assertThat(out.readableBytes()).isEqualTo(capacity);
    return out.toString(US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, ''",
    "true, true, Connection: keep-alive#",
    "false, false, Connection: close#",
    "false, true, Connection: close#",
  })
  void connectionIsNamedWhereTheVersionDoesNotImplyIt(
      boolean keepAlive, boolean http10, String line) {
    assertThat(written(ConnectionOption.of(keepAlive, http10), 42).replace("\r\n", "#"))
        .isEqualTo("HTTP/1.1 200 OK#Content-Type: text/plain#" + line + "Content-Length: 42##");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 99, 100, 1000, 65536, 999999999, 1000000000, Integer.MAX_VALUE})
  void contentLengthIsWrittenInPlainDigits(int contentLength) {
    assertThat(written(ConnectionOption.PERSISTENT, contentLength))
        .endsWith("Content-Length: " + contentLength + "\r\n\r\n");
  }

  @ParameterizedTest
  @EnumSource(HttpError.class)
  void errorsAreWholeAnswers(HttpError error) {
    for (ConnectionOption connection : ConnectionOption.values()) {
      String whole = written(error, connection, true);
      String head = written(error, connection, false);
      String body = whole.substring(head.length());

      assertThat(whole).startsWith(head);
      assertThat(head)
          .startsWith("HTTP/1.1 " + error.status() + " ")
          .contains("\r\nContent-Type: text/plain\r\n")
          .endsWith(connection.line() + "Content-Length: " + body.length() + "\r\n\r\n");
      assertThat(body).endsWith("\n").isNotBlank();
      assertThat(head.contains("\r\nAllow: GET, HEAD\r\n"))
          .isEqualTo(error == HttpError.METHOD_NOT_ALLOWED);
    }
  }

  private static String written(HttpError error, ConnectionOption connection, boolean withBody) {
    ByteBuf out = Unpooled.buffer(error.length(connection, withBody));
    int capacity = out.capacity();
    error.write(out, connection, withBody);
    assertThat(out.readableBytes()).isEqualTo(capacity);
    return out.toString(US_ASCII);
  }
}
