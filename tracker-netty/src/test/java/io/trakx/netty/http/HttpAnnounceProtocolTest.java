package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.PEER_ID;
import static io.trakx.netty.http.Announce.compact;
import static io.trakx.netty.http.Announce.compactIpv6Loopback;
import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What an HTTP announce may look like, and what it is answered: bytes over loopback sockets. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpAnnounceProtocolTest {
  private static final String HASH = hash(1);

  private final TransportType transport;
  private final TestServer server;

  HttpAnnounceProtocolTest(TransportType transport) throws IOException {
    this.transport = transport;
    server = TestServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse get(Object target) throws IOException {
    return server.get("127.0.0.1", target.toString());
  }

  private RawResponse get(String from, Object target) throws IOException {
    return server.get(from, target.toString());
  }

  private void assertFailure(Object target, String expected) throws IOException {
    RawResponse answer = get(target);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.string("failure reason")).contains(expected);
    assertThat(server.store.totals().peers()).isZero();
  }

  // info_hash, peer_id

  @Test
  void infoHashIsPercentDecodedToBytesOfAnyValue() throws IOException {
    get("127.0.0.2", Announce.of(HASH).seeder());
    assertThat(get("127.0.0.3", Announce.of(HASH.toUpperCase(Locale.ROOT))).string("peers"))
        .isEqualTo(compact("127.0.0.2", 6881));
    assertThat(get("127.0.0.3", Announce.of(hash(2))).string("peers")).isEmpty();
  }

  @Test
  void bytesThatCanStandInARequestLineNeedNoEscape() throws IOException {
    String escaped = "%80%ff%c3%a4%22%3c%3e%5b%5d%7b%7d%7c%5c%5e%60%3b%3a%2f%3f%40";
    String raw = "\u0080\u00ff\u00c3\u00a4\"<>[]{}|\\^`;:/?@";
    get("127.0.0.2", Announce.of(escaped).seeder());
    assertThat(get("127.0.0.3", Announce.of(raw)).string("peers"))
        .isEqualTo(compact("127.0.0.2", 6881));
  }

  @Test
  void plusIsAPlusAndNoSpace() throws IOException {
    get("127.0.0.2", Announce.of("+".repeat(20)).seeder());
    assertThat(get("127.0.0.3", Announce.of("%2b".repeat(20))).string("peers"))
        .isEqualTo(compact("127.0.0.2", 6881));
    assertThat(get("127.0.0.3", Announce.of("%20".repeat(20))).string("peers")).isEmpty();
  }

  @Test
  void infoHashOfOtherThanTwentyBytesIsAFailure() throws IOException {
    for (String hash : List.of("", "a".repeat(19), "a".repeat(21), "%00".repeat(21), "%0", "%zz")) {
      assertFailure(Announce.of(hash), "info_hash");
    }
    assertFailure(Announce.bare("peer_id=" + PEER_ID + "&port=1"), "info_hash");
  }

  @Test
  void peerIdOfOtherThanTwentyBytesIsAFailure() throws IOException {
    for (String id : List.of("", "a".repeat(19), "a".repeat(21))) {
      assertFailure(
          Announce.bare("info_hash=" + HASH + "&peer_id=" + id + "&port=6881"), "peer_id");
    }
    assertFailure(Announce.bare("info_hash=" + HASH + "&port=6881"), "peer_id");
  }

  @Test
  void peerIdIsPercentDecodedToBytes() throws IOException {
    String escaped = "-%00%ff".repeat(6) + "%25+";
    get("127.0.0.2", Announce.bare("info_hash=" + HASH + "&port=6881&left=0&peer_id=" + escaped));
    assertThat(get("127.0.0.3", Announce.of(HASH).with("compact", 0)).text())
        .contains("7:peer id20:" + "-\0\u00ff".repeat(6) + "%+");
  }

  // separators

  @Test
  void onlyTheAmpersandSeparatesAndSemicolonIsData() throws IOException {
    String hash = ";port=1;".repeat(2) + "abcd";
    get("127.0.0.2", Announce.of(hash).seeder());
    assertThat(get("127.0.0.3", Announce.of(hash)).string("peers"))
        .isEqualTo(compact("127.0.0.2", 6881));
  }

  @Test
  void oddParametersAreTolerated() throws IOException {
    String odd = "&&flag&=&=x&empty=&a=b=c&numwant==&";
    assertThat(get(Announce.of(HASH) + odd).status()).isEqualTo(200);
    assertThat(get(Announce.of(HASH) + "&&flag&=&=x&empty=&a=b=c&").has("peers")).isTrue();
  }

  @Test
  void ofRepeatedParametersTheLastOneWins() throws IOException {
    get("127.0.0.2", Announce.of(HASH).port(1111).port(2222).seeder());
    assertThat(get("127.0.0.3", Announce.of(HASH)).string("peers"))
        .isEqualTo(compact("127.0.0.2", 2222));
  }

  @Test
  void ofRepeatedInfoHashesTheFirstOneWins() throws IOException {
    get("127.0.0.2", Announce.of(HASH).seeder().with("info_hash", hash(2)));
    assertThat(get("127.0.0.3", Announce.of(HASH)).number("complete")).isEqualTo(1);
    assertThat(get("127.0.0.3", Announce.of(hash(2))).number("complete")).isZero();
  }

  // left, uploaded, downloaded

  @Test
  void withoutLeftAClientIsALeecher() throws IOException {
    RawResponse answer =
        get(Announce.bare("info_hash=" + HASH + "&peer_id=" + PEER_ID + "&port=6881"));
    assertThat(answer.number("incomplete")).isEqualTo(1);
    assertThat(answer.number("complete")).isZero();
  }

  @Test
  void hugeNumbersSaturate() throws IOException {
    for (String huge : List.of("18446744073709551615", "9".repeat(100))) {
      RawResponse answer =
          get(Announce.of(HASH).with("left", huge).with("uploaded", huge).with("downloaded", huge));
      assertThat(answer.number("incomplete")).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoNumberIsAFailure() throws IOException {
    for (String name : List.of("left", "uploaded", "downloaded")) {
      for (String bad : List.of("abc", "1x", "0x10", "1.5")) {
        assertFailure(Announce.of(HASH).with(name, bad), "number");
      }
    }
  }

  // port

  @Test
  void portsFromOneTo65535AreTaken() throws IOException {
    get("127.0.0.2", Announce.of(HASH).port(1).seeder());
    get("127.0.0.3", Announce.of(HASH).port(65535).seeder());
    assertThat(get("127.0.0.4", Announce.of(HASH)).string("peers"))
        .contains(compact("127.0.0.2", 1), compact("127.0.0.3", 65535))
        .hasSize(12);
  }

  @Test
  void portZeroMissingOrAbsurdIsAFailure() throws IOException {
    for (String bad : List.of("0", "65536", "-1", "x", "", "18446744073709551617")) {
      assertFailure(Announce.of(HASH).with("port", bad), "port");
    }
    assertFailure(Announce.bare("info_hash=" + HASH + "&peer_id=" + PEER_ID), "port");
  }

  @Test
  void aStoppedClientNeedsNoPort() throws IOException {
    assertThat(get(Announce.of(HASH).port(0).with("event", "stopped")).has("peers")).isTrue();
    assertThat(
            get(Announce.bare("info_hash=" + HASH + "&peer_id=" + PEER_ID + "&event=stopped"))
                .has("peers"))
        .isTrue();
  }

  // numwant

  private int peersFor(String numwant) throws IOException {
    return get("127.0.0.1", Announce.of(HASH).with("numwant", numwant)).string("peers").length()
        / 6;
  }

  @Test
  void numwantSaysHowManyWithinTheMaximum() throws IOException {
    try (RawClient client = server.connect()) {
      for (int port = 1; port <= TestServer.NUMWANT_MAX + 50; port++) {
        client.get(Announce.of(HASH).port(10_000 + port).seeder().toString());
      }
    }
    assertThat(get(Announce.of(HASH)).string("peers")).hasSize(6 * TestServer.NUMWANT_DEFAULT);
    assertThat(peersFor("")).isEqualTo(TestServer.NUMWANT_DEFAULT);
    assertThat(peersFor("-1")).isEqualTo(TestServer.NUMWANT_DEFAULT);
    assertThat(peersFor("-9999999999999999999")).isEqualTo(TestServer.NUMWANT_DEFAULT);
    assertThat(peersFor("0")).isZero();
    assertThat(peersFor("7")).isEqualTo(7);
    assertThat(peersFor("100000")).isEqualTo(TestServer.NUMWANT_MAX);
    assertThat(peersFor("99999999999999999999")).isEqualTo(TestServer.NUMWANT_MAX);
  }

  @Test
  void numwantThatIsNoNumberIsAFailure() throws IOException {
    assertFailure(Announce.of(HASH).with("numwant", "many"), "number");
  }

  // event

  @Test
  void startedEmptyAndUnknownEventsAreRegularAnnounces() throws IOException {
    for (String event : List.of("started", "", "banana", "STOPPED", "stoppedx")) {
      assertThat(get(Announce.of(HASH).with("event", event)).number("incomplete")).isEqualTo(1);
    }
  }

  @Test
  void completedMakesASeederWhateverLeftSays() throws IOException {
    RawResponse answer = get(Announce.of(HASH).with("left", 5).with("event", "completed"));
    assertThat(answer.number("complete")).isEqualTo(1);
    assertThat(answer.number("incomplete")).isZero();
  }

  @Test
  void aPausedClientIsAliveAndNoSeeder() throws IOException {
    RawResponse answer = get(Announce.of(HASH).seeder().with("event", "paused"));
    assertThat(answer.number("complete")).isZero();
    assertThat(answer.number("incomplete")).isEqualTo(1);
  }

  @Test
  void onStoppedThePeerGoesAndTheListIsEmpty() throws IOException {
    get("127.0.0.2", Announce.of(HASH).seeder());
    get("127.0.0.3", Announce.of(HASH));
    RawResponse answer = get("127.0.0.3", Announce.of(HASH).with("event", "stopped"));
    assertThat(answer.string("peers")).isEmpty();
    assertThat(answer.number("complete")).isEqualTo(1);
    assertThat(answer.number("incomplete")).isZero();
  }

  @Test
  void completedCountsOnceAPeerAndOnlyForAKnownLeecher() throws IOException {
    get("127.0.0.2", Announce.of(HASH).with("event", "completed"));
    assertThat(get("127.0.0.9", Announce.of(HASH)).number("downloaded")).isZero();
    get("127.0.0.3", Announce.of(HASH));
    get("127.0.0.3", Announce.of(HASH).with("event", "completed"));
    get("127.0.0.3", Announce.of(HASH).with("event", "completed"));
    assertThat(get("127.0.0.9", Announce.of(HASH)).number("downloaded")).isEqualTo(1);
  }

  @Test
  void completedCountsForAKnownLeecherThatAnnouncedItsLastByteBefore() throws IOException {
    get("127.0.0.3", Announce.of(HASH).with("left", 5));
    get("127.0.0.3", Announce.of(HASH).with("left", 0));
    get("127.0.0.3", Announce.of(HASH).with("left", 0).with("event", "completed"));
    assertThat(get("127.0.0.9", Announce.of(HASH)).number("downloaded")).isEqualTo(1);
  }

  // compact

  @Test
  void compactZeroListsDictionariesOfBothFamiliesWithPeerIds() throws IOException {
    get("127.0.0.2", Announce.of(HASH).seeder());
    get("::1", Announce.of(HASH).port(7000).seeder());
    RawResponse answer = get("127.0.0.3", Announce.of(HASH).with("compact", 0));
    assertThat(answer.dictionary().get("peers"))
        .isEqualTo(
            List.of(
                Map.of("ip", "127.0.0.2", "peer id", PEER_ID, "port", 6881L),
                Map.of("ip", "::1", "peer id", PEER_ID, "port", 7000L)));
    assertThat(answer.has("peers6")).isFalse();
  }

  @Test
  void noPeerIdLeavesPeerIdsOut() throws IOException {
    get("127.0.0.2", Announce.of(HASH).seeder());
    RawResponse answer =
        get("127.0.0.3", Announce.of(HASH).with("compact", 0).with("no_peer_id", 1));
    assertThat(answer.dictionary().get("peers"))
        .isEqualTo(List.of(Map.of("ip", "127.0.0.2", "port", 6881L)));
  }

  @Test
  void anythingButCompactZeroIsCompact() throws IOException {
    get("127.0.0.2", Announce.of(HASH).seeder());
    for (String compact : List.of("1", "", "no", "2")) {
      assertThat(get("127.0.0.3", Announce.of(HASH).with("compact", compact)).string("peers"))
          .isEqualTo(compact("127.0.0.2", 6881));
    }
  }

  // ip and parameters of no interest

  @Test
  void addressesThatAClientClaimsAreIgnored() throws IOException {
    get(
        "127.0.0.2",
        Announce.of(HASH)
            .seeder()
            .with("ip", "9.9.9.9")
            .with("ipv4", "8.8.8.8:1")
            .with("ipv6", "None"));
    assertThat(get("127.0.0.3", Announce.of(HASH)).string("peers"))
        .isEqualTo(compact("127.0.0.2", 6881));
  }

  @Test
  void theAddressInIpIsTakenWhereTheOperatorTrustsIt() throws IOException {
    try (TestServer trusting =
        TestServer.on(transport)
            .options(TestOptions.defaults().trustStatedIp(true).build())
            .start()) {
      String seeder = Announce.of(HASH).seeder().with("ip", "9.9.9.9").toString();
      assertThat(trusting.get("127.0.0.2", seeder).string("external ip"))
          .isEqualTo(compact("9.9.9.9", 0).substring(0, 4));
      String ipv6 = Announce.of(HASH).seeder().with("ip", "2001%3adb8::7").toString();
      assertThat(trusting.get("127.0.0.2", ipv6).string("external ip")).hasSize(16);
      String leecher = Announce.of(HASH).with("ip", "None").toString();
      RawResponse answer = trusting.get("127.0.0.3", leecher);
      assertThat(answer.string("peers")).isEqualTo(compact("9.9.9.9", 6881));
      assertThat(answer.string("peers6")).hasSize(18);
      assertThat(answer.string("external ip"))
          .as("what is no address is ignored")
          .isEqualTo(compact("127.0.0.3", 0).substring(0, 4));
    }
  }

  @Test
  void otherParametersAreIgnoredWhateverTheirLength() throws IOException {
    RawResponse answer =
        get(
            Announce.of(HASH)
                .with("key", "k".repeat(3000))
                .with("trackerid", "%00%ff")
                .with("supportcrypto", 1)
                .with("requirecrypto", 1)
                .with("corrupt", "x")
                .with("redundant", "-")
                .with("x".repeat(2000), "y"));
    assertThat(answer.number("incomplete")).isEqualTo(1);
  }

  // path

  @Test
  void announceIsKnownByEveryNameOfItsPath() throws IOException {
    String query = Announce.of(HASH).toString().substring("/announce".length());
    for (String path :
        List.of(
            "/announce",
            "/announce.php",
            "/announce/passkey0123456789",
            "/announce.php/passkey",
            "/announce/",
            "//announce",
            "/announce ",
            "http://tracker.example/announce",
            "HTTP://tracker.example:1337/announce.php")) {
      assertThat(get(path + query).number("incomplete")).as(path).isEqualTo(1);
    }
  }

  @Test
  void otherPathsAreNotAnnounces() throws IOException {
    for (String path : List.of("/", "/announcer", "/ANNOUNCE", "/announce/a/b", "/x/announce")) {
      assertThat(get(path + "?info_hash=x").text()).startsWith("GET " + path);
    }
    assertThat(server.count(TrackerCounter.ANNOUNCES)).isZero();
  }

  // methods

  @Test
  void headIsAnsweredByHeadersAloneAndStoresNothing() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("HEAD " + Announce.of(HASH) + " HTTP/1.1\r\nHost: t\r\n\r\n");
      RawResponse head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers()).containsEntry("content-type", "text/plain");
      assertThat(client.get(Announce.of(hash(2)).toString()).status()).isEqualTo(200);
    }
    assertThat(server.store.totals().peers()).isEqualTo(1);
    assertThat(get("127.0.0.9", Announce.of(HASH)).number("incomplete")).isEqualTo(1);
  }

  @Test
  void otherMethodsAreNotAllowed() throws IOException {
    try (RawClient client = server.connect()) {
      for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "get", "BREW")) {
        client.send(method + " " + Announce.of(HASH) + " HTTP/1.1\r\nHost: t\r\n\r\n");
        RawResponse answer = client.read();
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "GET, HEAD");
      }
    }
    assertThat(server.store.totals().peers()).isZero();
  }

  // the answer

  @Test
  void anAnswerIsPlainTextWithItsLengthAndNeverChunkedNorCompressed() throws IOException {
    try (RawClient client = server.connect()) {
      RawResponse answer =
          client.get(Announce.of(HASH).toString(), "Accept-Encoding: gzip, deflate", "TE: chunked");
      assertThat(answer.head()).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(answer.headers())
          .containsEntry("content-type", "text/plain")
          .containsEntry("content-length", String.valueOf(answer.text().length()))
          .doesNotContainKeys("transfer-encoding", "content-encoding");
    }
  }

  @Test
  void anAnswerHasAllItsKeysInSortedOrder() throws IOException {
    get("127.0.0.2", Announce.of(HASH).seeder());
    get("::1", Announce.of(HASH).seeder());
    Map<String, Object> answer = get("127.0.0.3", Announce.of(HASH)).dictionary();
    assertThat(answer.keySet())
        .containsExactly(
            "complete",
            "downloaded",
            "external ip",
            "incomplete",
            "interval",
            "min interval",
            "peers",
            "peers6");
  }

  @Test
  void externalIpIsTheClientsAddressInWireForm() throws IOException {
    assertThat(get("127.0.0.3", Announce.of(HASH)).string("external ip")).isEqualTo("\177\0\0\3");
    assertThat(get("::1", Announce.of(HASH)).string("external ip"))
        .isEqualTo("\0".repeat(15) + "\1");
  }

  @Test
  void peersIsThereEvenWhenEmpty() throws IOException {
    assertThat(get("127.0.0.3", Announce.of(HASH)).text()).contains("5:peers0:");
    assertThat(get("::1", Announce.of(HASH)).text()).contains("5:peers");
  }

  @Test
  void aRefusalIsAFailureReasonWithStatus200AndRetryIn() throws Exception {
    String hex = "ff0025262b3d".repeat(3) + "0001";
    try (TestServer closed =
        TestServer.on(TransportType.AUTO).deny(hex + " by court order").start()) {
      RawResponse answer = closed.get("127.0.0.1", Announce.of(HASH).toString());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.string("failure reason")).contains("not served").contains("court order");
      assertThat(answer.string("retry in")).isEqualTo("never");
      assertThat(closed.count(TrackerCounter.DENIED)).isEqualTo(1);
    }
  }

  @Test
  void intervalIsSpreadByJitterWithinWhatMonitorsAccept() throws IOException {
    try (RawClient client = server.connect()) {
      long different =
          IntStream.range(0, 40)
              .map(
                  i -> {
                    try {
                      return client.get(Announce.of(HASH).toString()).number("interval");
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .peek(
                  seconds ->
                      assertThat(seconds)
                          .isBetween(300, 10_800)
                          .isBetween(
                              TestServer.INTERVAL_SECONDS,
                              TestServer.INTERVAL_SECONDS + TestServer.JITTER_SECONDS))
              .distinct()
              .count();
      assertThat(different).isGreaterThan(5);
    }
  }

  @Test
  void anIpv4ClientGetsItsFamilyFirstAndTheOtherWhileThereIsRoom() throws IOException {
    get("127.0.0.2", Announce.of(HASH).port(1001).seeder());
    get("::1", Announce.of(HASH).port(2001).seeder());
    RawResponse roomy = get("127.0.0.3", Announce.of(HASH));
    assertThat(roomy.string("peers")).isEqualTo(compact("127.0.0.2", 1001));
    assertThat(roomy.string("peers6")).isEqualTo(compactIpv6Loopback(2001));
    RawResponse tight = get("127.0.0.3", Announce.of(HASH).with("numwant", 1));
    assertThat(tight.string("peers")).isEqualTo(compact("127.0.0.2", 1001));
    assertThat(tight.has("peers6")).isFalse();
  }

  @Test
  void anIpv6ClientGetsItsFamilyFirstAndTheOtherWhileThereIsRoom() throws IOException {
    get("127.0.0.2", Announce.of(HASH).port(1001).seeder());
    get("::1", Announce.of(HASH).port(2001).seeder());
    RawResponse roomy = get("::1", Announce.of(HASH).port(2002));
    assertThat(roomy.string("peers")).isEqualTo(compact("127.0.0.2", 1001));
    assertThat(roomy.string("peers6")).isEqualTo(compactIpv6Loopback(2001));
    RawResponse tight = get("::1", Announce.of(HASH).port(2002).with("numwant", 1));
    assertThat(tight.string("peers")).isEmpty();
    assertThat(tight.string("peers6")).isEqualTo(compactIpv6Loopback(2001));
  }
}
