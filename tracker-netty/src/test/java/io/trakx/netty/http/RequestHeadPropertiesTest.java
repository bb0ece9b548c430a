package io.trakx.netty.http;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RequestHeadPropertiesTest {
  @Property(tries = 3000)
  void readsWhatTheReferenceReads(@ForAll("heads") String head) {
    HeadAgreement.check(Latin1.bytes(head));
  }

  @Property(tries = 1500)
  void outcomeDoesNotDependOnThePiecesInWhichBytesArrive(
      @ForAll("heads") String head,
      @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 40) Integer> sizes) {
    HeadAgreement.checkInPieces(Latin1.bytes(head), sizes);
  }

  @Provide
  Arbitrary<String> heads() {
    Arbitrary<String> request =
        pieces(
            List.of(
                "GET ",
                "HEAD ",
                "POST ",
                "/announce",
                "/scrape",
                ".php",
                "/",
                "//",
                "http://h",
                "?",
                "a=b&c",
                " ",
                " ?",
                "\u00ff\u0080",
                " HTTP/1.1",
                " HTTP/1.0",
                " HTTP/2.0"),
            6);
    Arbitrary<String> start =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of("GET /announce?x=y HTTP/1.1", "GET /scrape/k HTTP/1.0")),
            Tuple.of(1, request));
    Arbitrary<String> lines =
        pieces(
            List.of(
                "Connection:",
                "close",
                "keep-alive",
                ", ",
                "Content-Length:",
                "0",
                "12",
                "Transfer-Encoding: chunked",
                "Accept-Encoding:",
                "gzip",
                ";q=0",
                "X-Forwarded-For:",
                "10.0.0.1",
                "Host: a",
                " ",
                "\t",
                "\0",
                "\u007f",
                "\r",
                "\n",
                "\r\n",
                "\r\n",
                "\r\n",
                "\r\nConnection: ",
                "\r\nX-Forwarded-For: ",
                "\r\nAccept-Encoding: "),
            25);
    Arbitrary<String> before = Arbitraries.of("", "", "", "\r\n", "\n\n", "\r", "\r\n\r\n\r\n\n\n");
    Arbitrary<String> end = Arbitraries.of("\r\n\r\n", "\n\n", "\r\n\r\nGET /", "", "\r\n\r");
    return Combinators.combine(before, start, lines, end)
        .as((a, b, c, d) -> a + b + "\r\n" + c + d);
  }

  private static Arbitrary<String> pieces(List<String> pieces, int most) {
    return Arbitraries.of(pieces).list().ofMaxSize(most).map(list -> String.join("", list));
  }
}
