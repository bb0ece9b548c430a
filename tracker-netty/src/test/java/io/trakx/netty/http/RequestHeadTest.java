package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  private final RequestHead head = HeadAgreement.newHead();
  private byte[] buffer = new byte[0];

  private int parse(String text) {
    buffer = Latin1.bytes(text);
    return head.parse(buffer, 0, buffer.length);
  }

  private void parseWhole(String text) {
    assertThat(parse(text)).isEqualTo(text.length());
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private String query() {
    return Latin1.text(buffer, head.queryFrom(), head.queryTo());
  }

  @Test
  void announceOfAUsualClientIsRead() {
    parseWhole(
        lines(
            "GET /announce?info_hash=abc&port=1 HTTP/1.1",
            "Host: tracker.example",
            "User-Agent: Transmission/4.0.5",
            "Accept-Encoding: deflate, gzip, br"));

    assertThat(head.method()).isEqualTo(HttpVerb.GET);
    assertThat(head.route()).isEqualTo(Route.ANNOUNCE);
    assertThat(query()).isEqualTo("info_hash=abc&port=1");
    assertThat(head.http10()).isFalse();
    assertThat(head.keepAlive()).isTrue();
    assertThat(head.hasBody()).isFalse();
    assertThat(head.acceptsGzip()).isFalse();
    assertThat(head.forwardedLines()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/announce, ANNOUNCE",
    "/announce.php, ANNOUNCE",
    "/announce/PASSKEY, ANNOUNCE",
    "/announce.php/PASSKEY, ANNOUNCE",
    "/announce/, ANNOUNCE",
    "//announce, ANNOUNCE",
    "///announce/PASSKEY, ANNOUNCE",
    "/scrape, SCRAPE",
    "/scrape.php, SCRAPE",
    "/scrape/PASSKEY, SCRAPE",
    "http://tracker.example:1337/announce, ANNOUNCE",
    "HTTPS://[2001:db8::1]/scrape, SCRAPE",
    "http://tracker.example//announce, ANNOUNCE",
    "/, OTHER",
    "/announce/a/b, OTHER",
    "/announcement, OTHER",
    "/announce.html, OTHER",
    "/Announce, OTHER",
    "/PASSKEY/announce, OTHER",
    "announce, OTHER",
    "*, OTHER",
    "tracker.example:443, OTHER",
    "http://tracker.example, OTHER",
    "http://announce, OTHER",
    "ftp://tracker.example/announce, OTHER",
  })
  void pathsLeadToTheirRoutes(String path, Route route) {
    parseWhole("GET " + path + " HTTP/1.1\r\n\r\n");
    assertThat(head.route()).isEqualTo(route);
    assertThat(query()).isEmpty();

    parseWhole("GET " + path + "?a=/b HTTP/1.1\r\n\r\n");
    assertThat(head.route()).isEqualTo(route);
    assertThat(query()).isEqualTo("a=/b");
  }

  @Test
  void spaceBeforeTheQuestionMarkIsTolerated() {
    parseWhole("GET /announce ?info_hash=a HTTP/1.1\r\n\r\n");

    assertThat(head.route()).isEqualTo(Route.ANNOUNCE);
    assertThat(query()).isEqualTo("info_hash=a");
  }

  @Test
  void spacesInTheQueryBelongToIt() {
    parseWhole("GET /announce?info_hash=a b  c HTTP/1.1 HTTP/1.0\r\n\r\n");

    assertThat(query()).isEqualTo("info_hash=a b  c HTTP/1.1");
    assertThat(head.http10()).isTrue();
  }

  @Test
  void everyByteThatIsNoControlMayStandInTheQuery() {
    StringBuilder query = new StringBuilder();
    for (char c = ' '; c <= 0xff; c++) {
      if (c != 0x7f) {
        query.append(c);
      }
    }
    parseWhole("GET /announce?" + query + " HTTP/1.1\r\n\r\n");

    assertThat(query()).isEqualTo(query.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\1", "\t", "\u000b", "\r", "\u001f", "\u007f"})
  void controlCharactersInTheRequestLineAreMalformed(String control) {
    assertThat(parse("GET /announce?a=" + control + "b HTTP/1.1\r\n\r\n"))
        .isEqualTo(RequestHead.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /announce\r\n",
        "GET HTTP/1.1\r\n",
        "GET  HTTP/1.1\r\n",
        "GET /announce HTTP/2.0\r\n",
        "GET /announce HTTP/0.9\r\n",
        "GET /announce HTTP/1.\r\n",
        "GET /announce HTTP/1.10\r\n",
        "GET /announce HTTP/1.x\r\n",
        "GET /announce http/1.1\r\n",
        "GET /announce HTTP/1.1 \r\n",
        "GET\t/announce HTTP/1.1\r\n",
        "G(T /announce HTTP/1.1\r\n",
        " GET /announce HTTP/1.1\r\n",
        "PRI * HTTP/2.0\r\n",
        "hello\n",
      })
  void whatIsNoRequestLineIsMalformed(String line) {
    assertThat(parse(line)).isEqualTo(RequestHead.MALFORMED);
  }

  @Test
  void firstByteIsJudgedAtOnceSoThatTlsIsToldApart() {
    assertThat(parse("\u0016\u0003\u0001")).isEqualTo(RequestHead.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, GET",
    "HEAD, HEAD",
    "POST, OTHER",
    "get, OTHER",
    "GETS, OTHER",
    "M-SEARCH, OTHER"
  })
  void methodsAreToldApart(String name, HttpVerb verb) {
    parseWhole(name + " /announce HTTP/1.1\r\n\r\n");

    assertThat(head.method()).isEqualTo(verb);
    assertThat(head.route()).isEqualTo(Route.ANNOUNCE);
  }

  @Test
  void bareLineFeedsAreTolerated() {
    parseWhole("GET /scrape HTTP/1.1\nHost: a\nConnection: close\n\n");

    assertThat(head.route()).isEqualTo(Route.SCRAPE);
    assertThat(head.keepAlive()).isFalse();
  }

  @Test
  void emptyLinesBeforeTheRequestAreSkippedUpToABound() {
    parseWhole("\r\n\n\r\n\nGET / HTTP/1.1\r\n\r\n");
    assertThat(parse("\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n"))
        .isEqualTo(RequestHead.MALFORMED);
    assertThat(parse("\r\n\r")).isEqualTo(RequestHead.INCOMPLETE);
    assertThat(parse("\rGET")).isEqualTo(RequestHead.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.1 |                                            | true",
        "1.1 | Connection: close                          | false",
        "1.1 | CONNECTION:CLOSE                           | false",
        "1.1 | Connection: keep-alive                     | true",
        "1.1 | Connection: Upgrade, close                 | false",
        "1.1 | Connection: keep-alive, close              | false",
        "1.1 | Connection: closed                         | true",
        "1.1 | X-Connection: close                        | true",
        "1.2 |                                            | true",
        "1.0 |                                            | false",
        "1.0 | Connection: keep-alive                     | true",
        "1.0 | Connection:  Keep-Alive , Upgrade          | true",
        "1.0 | Connection: upgrade,,keep-alive            | true",
        "1.0 | Connection: keep-alive, close              | false",
        "1.0 | Connection: Upgrade                        | false",
      })
  void connectionIsKeptAsVersionAndHeaderSay(String version, String line, boolean keepAlive) {
    String header = line == null ? "" : line + "\r\n";
    parseWhole("GET /announce HTTP/" + version + "\r\n" + header + "\r\n");

    assertThat(head.keepAlive()).isEqualTo(keepAlive);
  }

  @Test
  void severalConnectionLinesCountAsOne() {
    parseWhole("GET / HTTP/1.1\r\nConnection: upgrade\r\nA: b\r\nConnection: close\r\n\r\n");

    assertThat(head.keepAlive()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 0, false",
    "Content-Length: 000, false",
    "Content-Length: 5, true",
    "content-length:10, true",
    "Transfer-Encoding: chunked, true",
    "Transfer-Encodings: chunked, false",
  })
  void bodiesAreAnnouncedByLengthOrEncoding(String line, boolean body) {
    parseWhole("GET /announce HTTP/1.1\r\n" + line + "\r\n\r\n");

    assertThat(head.hasBody()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1 2", "1,1", "0x1", "1.0"})
  void contentLengthThatIsNoNumberIsMalformed(String value) {
    assertThat(parse("GET / HTTP/1.1\r\nContent-Length: " + value + "\r\n\r\n"))
        .isEqualTo(RequestHead.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip               | true",
        "deflate, GZIP, br  | true",
        "x-gzip             | true",
        "gzip;q=0.5         | true",
        "gzip ; q=1         | true",
        "gzip;q=0           | false",
        "gzip; Q=0.000      | false",
        "gzip;q=0, x-gzip   | true",
        "identity           | false",
        "*                  | false",
        "gzipped            | false",
        "br                 | false",
      })
  void gzipIsAcceptedWhereItIsNamed(String value, boolean gzip) {
    parseWhole("GET /scrape HTTP/1.1\r\nAccept-Encoding: " + value + "\r\n\r\n");

    assertThat(head.acceptsGzip()).isEqualTo(gzip);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no colon",
        ": no name",
        "Name : blank before colon",
        " folded",
        "\tfolded",
        "Nul: \0",
        "Control: a\u0001b",
        "Delete: \u007f",
        "Carriage: a\rb",
        "N\u00e4me: a",
      })
  void whatIsNoHeaderLineIsMalformed(String line) {
    assertThat(parse("GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n"))
        .isEqualTo(RequestHead.MALFORMED);
  }

  @Test
  void tabsAndHighBytesMayStandInValues() {
    parseWhole("GET / HTTP/1.1\r\nUser-Agent:\tSome\tclient \u00fc\u00ff\r\nEmpty:\r\n\r\n");
  }

  @Test
  void headerLinesAreBounded() {
    String most = "A: b\r\n".repeat(RequestHead.MAX_HEADER_LINES);
    parseWhole("GET / HTTP/1.1\r\n" + most + "\r\n");
    assertThat(parse("GET / HTTP/1.1\r\n" + most + "A: b\r\n\r\n"))
        .isEqualTo(RequestHead.MALFORMED);
  }

  @Test
  void allLinesOfTheClientAddressHeaderAreKept() {
    parseWhole(
        lines(
            "GET / HTTP/1.1",
            "X-Forwarded-For: 192.0.2.1",
            "Host: a",
            "x-forwarded-for:2001:db8::1, 10.0.0.1 ",
            "X-Forwarded-Fox: 1"));

    assertThat(head.forwardedLines()).isEqualTo(2);
    assertThat(Latin1.text(buffer, head.forwardedFrom(0), head.forwardedTo(0)).strip())
        .isEqualTo("192.0.2.1");
    assertThat(Latin1.text(buffer, head.forwardedFrom(1), head.forwardedTo(1)).strip())
        .isEqualTo("2001:db8::1, 10.0.0.1");
  }

  @Test
  void tooManyLinesOfTheClientAddressHeaderAreMalformed() {
    String most = "X-Forwarded-For: 10.0.0.1\r\n".repeat(RequestHead.MAX_FORWARDED_LINES);
    parseWhole("GET / HTTP/1.1\r\n" + most + "\r\n");
    assertThat(parse("GET / HTTP/1.1\r\n" + most + "X-Forwarded-For: 10.0.0.1\r\n\r\n"))
        .isEqualTo(RequestHead.MALFORMED);
  }

  @Test
  void noClientAddressHeaderIsKeptWhenNoneIsWanted() {
    head.clientAddressHeader(null);
    parseWhole("GET / HTTP/1.1\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n");

    assertThat(head.forwardedLines()).isZero();
  }

  @Test
  void pipelinedRequestsAreReadOneAfterTheOther() {
    String first = "GET /announce?a=1 HTTP/1.1\r\nConnection: close\r\n\r\n";
    String second = "HEAD /scrape?b=2 HTTP/1.1\r\n\r\n";
    buffer = Latin1.bytes(first + second + "GET /");

    int consumed = head.parse(buffer, 0, buffer.length);
    assertThat(consumed).isEqualTo(first.length());
    assertThat(head.keepAlive()).isFalse();

    assertThat(head.parse(buffer, consumed, buffer.length)).isEqualTo(second.length());
    assertThat(head.method()).isEqualTo(HttpVerb.HEAD);
    assertThat(head.route()).isEqualTo(Route.SCRAPE);
    assertThat(query()).isEqualTo("b=2");
    assertThat(head.keepAlive()).isTrue();

    int rest = first.length() + second.length();
    assertThat(head.parse(buffer, rest, buffer.length)).isEqualTo(RequestHead.INCOMPLETE);
  }

  @Test
  void headArrivingByteByByteIsReadWhenItsLastByteIsThere() {
    byte[] bytes = Latin1.bytes("\r\nGET /announce?a=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int have = 1; have < bytes.length; have++) {
      byte[] arrived = Arrays.copyOf(bytes, have);
      assertThat(head.parse(arrived, 0, have, have - 1)).isEqualTo(RequestHead.INCOMPLETE);
    }
    assertThat(head.parse(bytes, 0, bytes.length, bytes.length - 1)).isEqualTo(bytes.length);
  }

  @Test
  void endOfTheRequestLineTellsTooLongALineFromTooManyHeaders() {
    byte[] endless = Latin1.bytes("\r\nGET /" + "a".repeat(100));
    byte[] ended = Latin1.bytes("\r\nGET / HTTP/1.1\r\nA: " + "a".repeat(100));

    assertThat(RequestHead.requestLineEnded(endless, 0, endless.length)).isFalse();
    assertThat(RequestHead.requestLineEnded(ended, 0, ended.length)).isTrue();
  }
}
