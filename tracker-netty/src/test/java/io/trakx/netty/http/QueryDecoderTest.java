package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.FailureReason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryDecoderTest {
  private static final String HASH = "abcdefghij0123456789";
  private static final String HASH_HEX = "6162636465666768696a30313233343536373839";
  private static final String ID = "-TR4050-0123456789ab";
  private static final String HASHES = "info_hash=" + HASH + "&peer_id=" + ID;
  private static final String VALID = HASHES + "&port=6881";

  private static ReferenceQuery.Announce fine(String query) {
    ReferenceQuery.Announce announce = QueryAgreement.announce(query);
    assertThat(announce.failure()).isNull();
    return announce;
  }

  private static @Nullable FailureReason failure(String query) {
    return QueryAgreement.announce(query).failure();
  }

  @Nested
  class Announces {
    @Test
    void whatAClientLeavesOutHasItsDefault() {
      ReferenceQuery.Announce announce = fine(VALID);

      assertThat(announce.infoHash()).isEqualTo(HASH_HEX);
      assertThat(announce.port()).isEqualTo(6881);
      assertThat(announce.uploaded()).isZero();
      assertThat(announce.downloaded()).isZero();
      assertThat(announce.numwant()).isEqualTo(AnnounceRequest.NUMWANT_DEFAULT);
      assertThat(announce.event()).isEqualTo(AnnounceEvent.NONE);
      assertThat(announce.compact()).isTrue();
      assertThat(announce.withPeerIds()).isFalse();
    }

    @Test
    void missingLeftMakesALeecher() {
      assertThat(fine(VALID).left()).isEqualTo(AnnounceRequest.LEFT_UNKNOWN);
      assertThat(fine(VALID + "&left=").left()).isEqualTo(AnnounceRequest.LEFT_UNKNOWN);
    }

    @Test
    void nothingOfAnEarlierAnnounceIsLeftOver() {
      AnnounceRequest request = new AnnounceRequest();
      QueryDecoder decoder = new QueryDecoder();
      byte[] full =
          Latin1.bytes(
              VALID + "&left=1&uploaded=2&downloaded=3&numwant=4&event=paused&compact=0&left=x");
      byte[] bare = Latin1.bytes(HASHES + "&event=stopped");

      assertThat(decoder.announce(full, 0, full.length, request))
          .isEqualTo(FailureReason.INVALID_NUMBER);
      assertThat(decoder.announce(bare, 0, bare.length, request)).isNull();
      assertThat(ReferenceQuery.Announce.of(request))
          .isEqualTo(ReferenceQuery.announce(HASHES + "&event=stopped"));
    }

    @Test
    void hashesArePercentDecodedToBytes() {
      String escaped = "%61%62%63%64%65%66%67%68%69%6a%30%31%32%33%34%35%36%37%38%39";
      assertThat(fine("info_hash=" + escaped + "&peer_id=" + ID + "&port=1").infoHash())
          .isEqualTo(HASH_HEX);
      String bytes = "%00%ff%FF%aF%Fa%26%3d%25%2B%20%0d%0A" + "\u0080\u00ff=;/? +~";
      assertThat(
              fine("info_hash="
                      + bytes.substring(0, 36)
                      + "\u0080\u00ff=;/? +"
                      + "&peer_id="
                      + ID
                      + "&port=1")
                  .infoHash())
          .isEqualTo("00ffffaffa263d252b200d0a80ff3d3b2f3f202b");
    }

    @Test
    void plusIsAPlusAndNoSpace() {
      assertThat(fine("info_hash=++++++++++++++++++++&peer_id=" + ID + "&port=1").infoHash())
          .isEqualTo("2b".repeat(20));
    }

    @Test
    void everyByteSurvivesUnescapedButTheSeparatorAndThePercentSign() {
      for (int c = 0; c <= 0xff; c++) {
        if (c != '&' && c != '%') {
          String hash = String.valueOf((char) c).repeat(20);
          assertThat(fine("info_hash=" + hash + "&peer_id=" + hash + "&port=1").infoHash())
              .isEqualTo("%02x".formatted(c).repeat(20));
        }
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "abcdefghij012345678",
          "abcdefghij0123456789x",
          "abcdefghij012345678%",
          "abcdefghij012345678%4",
          "abcdefghij012345678%zz",
          "abcdefghij012345678%4g",
          "abcdefghij012345678%g4",
          "abcdefghij0123456789%",
          "6162636465666768696a30313233343536373839",
        })
    void hashesThatAreNotExactly20BytesAreFailures(String value) {
      assertThat(failure("info_hash=" + value + "&peer_id=" + ID + "&port=1"))
          .isEqualTo(FailureReason.INVALID_INFO_HASH);
      assertThat(failure("info_hash=" + HASH + "&peer_id=" + value + "&port=1"))
          .isEqualTo(FailureReason.INVALID_PEER_ID);
    }

    @Test
    void escapeMayNotReachIntoTheNextParameter() {
      assertThat(failure("info_hash=abcdefghij012345678%&1=&peer_id=" + ID + "&port=1"))
          .isEqualTo(FailureReason.INVALID_INFO_HASH);
    }

    @Test
    void missingHashesAreFailures() {
      assertThat(failure("")).isEqualTo(FailureReason.MISSING_INFO_HASH);
      assertThat(failure("peer_id=" + ID + "&port=1")).isEqualTo(FailureReason.MISSING_INFO_HASH);
      assertThat(failure("info_hash=" + HASH)).isEqualTo(FailureReason.MISSING_PEER_ID);
      assertThat(failure("info_hash&" + VALID)).isEqualTo(FailureReason.INVALID_INFO_HASH);
    }

    @Test
    void firstInfoHashCountsAndTheLastOfAnythingElse() {
      String other = "x".repeat(20);
      ReferenceQuery.Announce announce =
          fine(
              "peer_id=short&peer_id="
                  + other
                  + "&port=x&left=x&left=5&event=stopped&event=started&"
                  + VALID
                  + "&info_hash="
                  + other);

      assertThat(announce.infoHash()).isEqualTo(HASH_HEX);
      assertThat(announce.peerId()).isEqualTo("2d5452343035302d303132333435363738396162");
      assertThat(announce.port()).isEqualTo(6881);
      assertThat(announce.left()).isEqualTo(5);
      assertThat(announce.event()).isEqualTo(AnnounceEvent.STARTED);
      assertThat(failure("info_hash=short&" + VALID)).isEqualTo(FailureReason.INVALID_INFO_HASH);
    }

    @Test
    void semicolonIsDataAndNoSeparator() {
      assertThat(fine(VALID + "&left=1&a=b;left=2").left()).isEqualTo(1);
      assertThat(failure(VALID + "&left=1;a=b")).isEqualTo(FailureReason.INVALID_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"&&", "&a", "&=", "&=b", "&a=b=c", "&a==", "&left", "&numwant&", "&a&a=1&a=2"})
    void oddParametersAreTolerated(String odd) {
      assertThat(fine(VALID + odd)).isEqualTo(fine(VALID));
      assertThat(fine(odd + "&" + VALID)).isEqualTo(fine(VALID));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "key=0123456789abcdef0123456789abcdef0123456789",
          "trackerid=%zz%",
          "supportcrypto=1&requirecrypto=1",
          "corrupt=-1&redundant=x",
          "ip=None&ipv4=192.0.2.1:1&ipv6=None",
          "Port=1&PORT=2&p%6frt=3&xport=4&portx=5",
          "xownloaded=x&dxwnloaded=x&xo_peer_id=1&nx_peer_id=1&xnfo_hash=x&uploadedd=x"
        })
    void otherParametersAreIgnored(String other) {
      assertThat(fine(VALID + "&" + other)).isEqualTo(fine(VALID));
      assertThat(fine(other + "&" + VALID)).isEqualTo(fine(VALID));
    }

    @ParameterizedTest
    @CsvSource({
      "0, 0",
      "1, 1",
      "000000000000000000000000000000000007, 7",
      "9223372036854775806, 9223372036854775806",
      "9223372036854775807, 9223372036854775807",
      "9223372036854775808, 9223372036854775807",
      "18446744073709551615, 9223372036854775807",
      "99999999999999999999999999999999999999999999, 9223372036854775807",
    })
    void hugeAmountsSaturate(String text, long value) {
      ReferenceQuery.Announce announce =
          fine(VALID + "&uploaded=" + text + "&downloaded=" + text + "&left=" + text);

      assertThat(announce.uploaded()).isEqualTo(value);
      assertThat(announce.downloaded()).isEqualTo(value);
      assertThat(announce.left()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-18446744073709551615"})
    void negativeAmountsAreUnknown(String text) {
      ReferenceQuery.Announce announce =
          fine(VALID + "&uploaded=" + text + "&downloaded=" + text + "&left=" + text);

      assertThat(announce.uploaded()).isZero();
      assertThat(announce.downloaded()).isZero();
      assertThat(announce.left()).isEqualTo(AnnounceRequest.LEFT_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"x", "1x", "x1", "-", "--1", "+1", "1.5", "1e3", "0x1", "%31", " 1", "1 "})
    void amountsThatAreNoNumbersAreFailures(String text) {
      for (String key : List.of("uploaded", "downloaded", "left", "numwant")) {
        assertThat(failure(VALID + "&" + key + "=" + text)).isEqualTo(FailureReason.INVALID_NUMBER);
      }
      assertThat(failure(HASHES + "&port=" + text)).isEqualTo(FailureReason.INVALID_PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&port", "&port=", "&port=0", "&port=00"})
    void missingPortIsAFailureUnlessTheClientStops(String port) {
      assertThat(failure(HASHES + port)).isEqualTo(FailureReason.INVALID_PORT);
      assertThat(failure(HASHES + port + "&event=started")).isEqualTo(FailureReason.INVALID_PORT);
      assertThat(fine(HASHES + port + "&event=stopped").port()).isZero();
      assertThat(fine("event=stopped&" + HASHES + port).port()).isZero();
    }

    @Test
    void portsAreFrom1To65535() {
      assertThat(fine(HASHES + "&port=1").port()).isEqualTo(1);
      assertThat(fine(HASHES + "&port=65535").port()).isEqualTo(65535);
      for (String port : List.of("65536", "-1", "99999999999999999999")) {
        assertThat(failure(HASHES + "&event=stopped&port=" + port))
            .isEqualTo(FailureReason.INVALID_PORT);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "'', -1",
      "-1, -1",
      "-99999999999, -1",
      "0, 0",
      "1, 1",
      "200, 200",
      "99999999999, 2147483647"
    })
    void numwantIsTheDefaultIfEmptyOrNegative(String text, int numwant) {
      assertThat(fine(VALID + "&numwant=" + text).numwant()).isEqualTo(numwant);
    }

    @ParameterizedTest
    @CsvSource({
      "started, STARTED",
      "completed, COMPLETED",
      "stopped, STOPPED",
      "paused, PAUSED",
      "'', NONE",
      "empty, NONE",
      "Started, NONE",
      "startedd, NONE",
      "xompleted, NONE",
      "completes, NONE",
      "resumed, NONE",
      "%73tarted, NONE",
    })
    void eventsAreToldByName(String text, AnnounceEvent event) {
      assertThat(fine(VALID + "&event=" + text).event()).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({
      "compact=1, true, false",
      "compact=, true, false",
      "compact=00, true, false",
      "compact=no, true, false",
      "compact=0, false, true",
      "compact=0&no_peer_id=1, false, false",
      "no_peer_id=1&compact=0, false, false",
      "compact=0&no_peer_id=0, false, true",
      "compact=0&no_peer_id=, false, true",
      "compact=0&no_peer_id=1&no_peer_id=0, false, true",
      "compact=0&compact=1, true, false",
      "no_peer_id=0, true, false",
    })
    void onlyZeroIsNotCompact(String parameters, boolean compact, boolean withPeerIds) {
      ReferenceQuery.Announce announce = fine(VALID + "&" + parameters);

      assertThat(announce.compact()).isEqualTo(compact);
      assertThat(announce.withPeerIds()).isEqualTo(withPeerIds);
    }

    @Test
    void addressIsLeftToTheTransport() {
      AnnounceRequest request = new AnnounceRequest();
      request.address().ipv4(0x0a000001);
      byte[] query = Latin1.bytes(VALID + "&ip=192.0.2.1");

      assertThat(new QueryDecoder().announce(query, 0, query.length, request)).isNull();
      assertThat(request.address().low()).isEqualTo(0x0a000001);
      assertThat(request.address().port()).isEqualTo(6881);
    }
  }

  @Nested
  class Scrapes {
    private static final String OTHER = "zyxwvutsrq9876543210";
    private static final String OTHER_HEX = "7a79787776757473727139383736353433323130";

    @Test
    void infoHashesAreTakenInOrder() {
      assertThat(QueryAgreement.scrape("info_hash=" + OTHER + "&a=b&info_hash=" + HASH, 74))
          .isEqualTo(new ReferenceQuery.ScrapeQuery(null, List.of(OTHER_HEX, HASH_HEX)));
    }

    @Test
    void infoHashesBeyondTheMostAreIgnored() {
      String query = "info_hash=" + HASH + "&info_hash=" + OTHER + "&info_hash=short";

      assertThat(QueryAgreement.scrape(query, 2).infoHashes()).containsExactly(HASH_HEX, OTHER_HEX);
    }

    @Test
    void repeatedInfoHashCountsOnce() {
      String query = "info_hash=" + HASH + "&info_hash=%61" + HASH.substring(1);

      assertThat(QueryAgreement.scrape(query, 74).infoHashes()).containsExactly(HASH_HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"info_hash=short", "info_hash", "info_hash=", "a&info_hash=%61"})
    void infoHashThatIsNot20BytesIsAFailure(String query) {
      assertThat(QueryAgreement.scrape(query + "&info_hash=" + HASH, 74).failure())
          .isEqualTo(FailureReason.INVALID_INFO_HASH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "passkey=1", "xnfo_hash=x", "info_hashes=x"})
    void noInfoHashAtAllIsForTheCallerToJudge(String query) {
      assertThat(QueryAgreement.scrape(query, 74))
          .isEqualTo(new ReferenceQuery.ScrapeQuery(null, List.of()));
    }
  }
}
