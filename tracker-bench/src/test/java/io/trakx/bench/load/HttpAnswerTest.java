package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswerTest {
  private static final String GOOD =
      "d8:completei1e10:downloadedi0e10:incompletei2e8:intervali1800e5:peers12:abcdefghijkle";

  private final HttpAnswer answer = new HttpAnswer();

  private Verdict judge(String text, boolean ended, RequestKind kind) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer buffer = ByteBuffer.allocate(4096).put(bytes);
    return answer.judge(buffer, bytes.length, ended, kind, 0, 2);
  }

  private Verdict judgeBody(String body) {
    return judge(http(body), false, RequestKind.ANNOUNCE);
  }

  private static String http(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void acceptsARightAnswerAndCountsItsPeers() {
    assertThat(judgeBody(GOOD)).isEqualTo(Verdict.OK);
    assertThat(answer.peers()).isEqualTo(2);
  }

  @Test
  void waitsForAllOfAnAnswerByItsLength() {
    String whole = http(GOOD);
    for (int length = 1; length < whole.length(); length++) {
      String part = whole.substring(0, length);
      assertThat(judge(part, false, RequestKind.ANNOUNCE)).isEqualTo(Verdict.INCOMPLETE);
      assertThat(judge(part, true, RequestKind.ANNOUNCE)).isEqualTo(Verdict.TRUNCATED);
    }
    assertThat(judge(whole + "x", false, RequestKind.ANNOUNCE)).isEqualTo(Verdict.BAD_FRAME);
  }

  @Test
  void takesTheEndOfTheConnectionForThatOfAnAnswerWithoutLength() {
    String text = "HTTP/1.0 200 OK\r\n\r\n" + GOOD;

    assertThat(judge(text, false, RequestKind.ANNOUNCE)).isEqualTo(Verdict.INCOMPLETE);
    assertThat(judge(text, true, RequestKind.ANNOUNCE)).isEqualTo(Verdict.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "d14:failure reason4:nopee, FAILURE",
    "d8:completei1e10:incompletei2e5:peers6:abcdefe, NO_INTERVAL",
    "d8:completei1e10:incompletei2e8:intervali0e5:peers6:abcdefe, NO_INTERVAL",
    "d8:completei1e10:incompletei2e8:intervali9ee, BAD_PEERS",
    "d8:completei1e10:incompletei2e8:intervali9e5:peers5:abcdee, BAD_PEERS",
    "d8:completei1e10:incompletei2e8:intervali9e5:peers6:abcdef6:peers65:abcdee, BAD_PEERS",
    "d8:completei1e10:incompletei2e8:intervali9e5:peers18:abcdefabcdefabcdefe, TOO_MANY_PEERS",
    "d8:completei0e10:incompletei0e8:intervali9e5:peers0:e, EMPTY_SWARM",
    "d8:completei1e10:incompletei2e8:intervali9e5:peers6:abcde, NOT_BENCODED",
    "d8:completei1e10:incompletei2e8:intervali9e5:peers6:abcdefex, NOT_BENCODED",
    "d8:completei1e10:incompletei2e8:intervali09e5:peers6:abcdefe, NOT_BENCODED",
    "d10:incompletei2e8:completei1e8:intervali9e5:peers6:abcdefe, NOT_BENCODED",
    "d8:completei1e8:completei1e8:intervali9e5:peers6:abcdefe, NOT_BENCODED",
    "d8:completei-1e8:intervali9e5:peers6:abcdefe, NOT_BENCODED",
    "le, NOT_BENCODED",
    "d, NOT_BENCODED",
    "de, NO_INTERVAL"
  })
  void catchesWrongAnswers(String body, Verdict verdict) {
    assertThat(judgeBody(body)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1 404 Not Found", "HTTP/1.1 500 Oh", "SPDY/1.1 200 OK", "HTTP/1.1 2000 OK"})
  void catchesOtherStatusLines(String statusLine) {
    String text = http(GOOD).replace("HTTP/1.1 200 OK", statusLine);

    assertThat(judge(text, false, RequestKind.ANNOUNCE)).isEqualTo(Verdict.BAD_FRAME);
  }

  @Test
  void allowsAnEmptySwarmOnlyToWhomLeavesIt() {
    String empty = "d8:completei0e10:incompletei0e8:intervali9e5:peers0:e";

    assertThat(judge(http(empty), false, RequestKind.STOPPED)).isEqualTo(Verdict.OK);
  }

  @Test
  void scrapeMustTellOfTheSwarmAskedAbout() {
    ByteBuffer hash = ByteBuffer.allocate(20);
    Population.putInfoHash(hash, 0);
    String entry = "d8:completei1e10:downloadedi0e10:incompletei2ee";
    String right = "d5:filesd20:" + new String(hash.array(), StandardCharsets.ISO_8859_1) + entry;

    assertThat(judge(http(right + "ee"), false, RequestKind.SCRAPE)).isEqualTo(Verdict.OK);
    assertThat(
            judge(http("d5:filesd20:" + "x".repeat(20) + entry + "ee"), false, RequestKind.SCRAPE))
        .isEqualTo(Verdict.NO_SCRAPE_ENTRY);
  }
}
