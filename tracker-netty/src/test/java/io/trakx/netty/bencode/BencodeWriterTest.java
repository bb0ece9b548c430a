package io.trakx.netty.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.Bencode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.AnnounceWarning;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BencodeWriterTest {
  private static final byte[] ID = "-TR4050-0123456789ab".getBytes(ISO_8859_1);

  private final BencodeWriter writer = new BencodeWriter();
  private final AnnounceRequest request = new AnnounceRequest();
  private final AnnounceResponse response = new AnnounceResponse(200);

  @BeforeEach
  void usualAnswer() {
    request.address().ipv4(0xc0000201);
    response.reset();
    response.figures(3, 2, 1);
    response.intervals(1800, 900);
  }

  private String announce() {
    ByteBuf out = Unpooled.buffer(writer.announceLength(request, response));
    int capacity = out.capacity();
    writer.writeAnnounce(out, request, response);
    assertThat(out.readableBytes()).isEqualTo(capacity);
    byte[] bytes = ByteBufUtil.getBytes(out);
    Bencode.read(bytes);
    return new String(bytes, ISO_8859_1);
  }

  private Map<String, Object> announced() {
    return Bencode.readDictionary(announce().getBytes(ISO_8859_1));
  }

  private void addIpv4(int bits, int port) {
    byte[] row = ByteBuffer.allocate(26).putInt(bits).putShort((short) port).put(ID).array();
    response.peers(AddressFamily.IPV4).append(row, 0, 6, 1);
  }

  private void addIpv6(long high, long low, int port) {
    byte[] row =
        ByteBuffer.allocate(38).putLong(high).putLong(low).putShort((short) port).put(ID).array();
    response.peers(AddressFamily.IPV6).append(row, 0, 18, 1);
  }

  @Test
  void answerWithoutPeersHasPeersAllTheSame() {
    assertThat(announce())
        .isEqualTo(
            "d8:completei3e10:downloadedi1e11:external ip4:\u00c0\0\2\1"
                + "10:incompletei2e8:intervali1800e12:min intervali900e5:peers0:e");
  }

  @Test
  void compactPeersAreSixBytesEach() {
    addIpv4(0x0a000001, 6881);
    addIpv4(0x0a000002, 65535);

    assertThat(announced())
        .containsEntry("peers", "\n\0\0\1\u001a\u00e1\n\0\0\2\u00ff\u00ff")
        .doesNotContainKey("peers6");
  }

  @Test
  void peers6IsThereForAnIpv4ClientIfItHasPeers() {
    addIpv6(0x20010db800000000L, 1, 6881);

    assertThat(announced())
        .containsEntry("peers", "")
        .containsEntry("peers6", " \1\r\u00b8" + "\0".repeat(11) + "\1\u001a\u00e1");
  }

  @Test
  void peers6IsAlwaysThereForAnIpv6Client() {
    request.address().ipv6(0x20010db800000000L, 0x1122334455667788L);
    addIpv4(0x0a000001, 6881);

    assertThat(announced())
        .containsEntry("external ip", " \1\r\u00b8\0\0\0\0\u0011\"3DUfw\u0088")
        .containsEntry("peers", "\n\0\0\1\u001a\u00e1")
        .containsEntry("peers6", "");
  }

  @Test
  void warningStandsLast() {
    response.warning(AnnounceWarning.NOT_LISTED);
    addIpv4(0x0a000001, 6881);

    assertThat(announce())
        .endsWith(
            "15:warning message"
                + AnnounceWarning.NOT_LISTED.text().length()
                + ":"
                + AnnounceWarning.NOT_LISTED.text()
                + "e");
    request.compact(false);
    assertThat(announced()).containsEntry("warning message", AnnounceWarning.NOT_LISTED.text());
  }

  @Test
  void dictionaryFormListsPeersOfBothFamiliesTheClientsOwnFirst() {
    request.compact(false);
    request.withPeerIds(true);
    addIpv4(0x0a000001, 6881);
    addIpv6(0x20010db800000000L, 1, 1);
    String id = new String(ID, ISO_8859_1);
    Map<String, Object> ipv4 = Map.of("ip", "10.0.0.1", "peer id", id, "port", 6881L);
    Map<String, Object> ipv6 = Map.of("ip", "2001:db8::1", "peer id", id, "port", 1L);

    assertThat(announced()).containsEntry("peers", List.of(ipv4, ipv6)).doesNotContainKey("peers6");
    request.address().ipv6(1, 1);
    assertThat(announced()).containsEntry("peers", List.of(ipv6, ipv4)).doesNotContainKey("peers6");
  }

  @Test
  void dictionaryFormLeavesPeerIdsOutWhereNotAsked() {
    request.compact(false);
    addIpv4(0xffffffff, 65535);

    assertThat(announced())
        .containsEntry("peers", List.of(Map.of("ip", "255.255.255.255", "port", 65535L)));
  }

  @Test
  void dictionaryFormWithoutPeersIsAnEmptyList() {
    request.compact(false);

    assertThat(announced()).containsEntry("peers", List.of());
  }

  @Test
  void largestFiguresFit() {
    int most = Integer.MAX_VALUE;
    response.figures(most, most, most);
    response.intervals(most, most);
    response.warning(AnnounceWarning.NOT_LISTED);
    request.address().ipv6(-1, -1);

    assertThat(announced())
        .containsEntry("complete", 2147483647L)
        .containsEntry("incomplete", 2147483647L)
        .containsEntry("downloaded", 2147483647L)
        .containsEntry("interval", 2147483647L)
        .containsEntry("min interval", 2147483647L);
  }

  private Map<String, Object> failure(FailureReason reason, @Nullable String detail) {
    ByteBuf out = Unpooled.buffer(writer.failureLength(reason, detail));
    int capacity = out.capacity();
    writer.writeFailure(out, reason, detail);
    assertThat(out.readableBytes()).isEqualTo(capacity);
    return Bencode.readDictionary(ByteBufUtil.getBytes(out));
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void failureSaysItsReasonAndWhenToTryAgain(FailureReason reason) {
    Map<String, Object> failure = failure(reason, null);

    assertThat(failure).containsEntry("failure reason", reason.text());
    switch (reason.retryInMinutes()) {
      case FailureReason.RETRY_UNSAID -> assertThat(failure).doesNotContainKey("retry in");
      case FailureReason.RETRY_NEVER -> assertThat(failure).containsEntry("retry in", "never");
      default -> assertThat(failure).containsEntry("retry in", (long) reason.retryInMinutes());
    }
  }

  @Test
  void detailStandsBehindTheReasonInUtf8() {
    String detail = "gel\u00f6scht \ud83d\udeab " + "x".repeat(2000);
    Map<String, Object> failure = failure(FailureReason.TORRENT_DENIED, detail);

    byte[] text = failure.getOrDefault("failure reason", "").toString().getBytes(ISO_8859_1);
    assertThat(new String(text, UTF_8))
        .isEqualTo(FailureReason.TORRENT_DENIED.text() + ": " + detail);
    assertThat(failure).containsEntry("retry in", "never");
  }

  @Test
  void brokenSurrogatesInADetailKeepTheLengthRight() {
    assertThat(failure(FailureReason.TORRENT_DENIED, "a\ud800b\udc00"))
        .containsKey("failure reason");
  }

  @Test
  void scrapeSortsInfoHashesAsUnsignedBytes() {
    Scrape scrape = new Scrape(3);
    for (String hash : List.of("\u00ff", "\u0001", "\u0080")) {
      scrape.add(hash.repeat(20).getBytes(ISO_8859_1), 0);
    }
    scrape.figures(0, 1, 2, 3);
    scrape.figures(1, 4, 5, 6);
    ByteBuf out = Unpooled.buffer();
    writer.writeScrape(out, scrape, 900);

    assertThat(out.toString(ISO_8859_1))
        .isEqualTo(
            "d5:filesd20:"
                + "\u0001".repeat(20)
                + "d8:completei4e10:downloadedi6e10:incompletei5ee20:"
                + "\u0080".repeat(20)
                + "d8:completei0e10:downloadedi0e10:incompletei0ee20:"
                + "\u00ff".repeat(20)
                + "d8:completei1e10:downloadedi3e10:incompletei2eee"
                + "5:flagsd20:min_request_intervali900eee");
    assertThat(out.readableBytes()).isEqualTo(writer.scrapeLength(scrape, 900));
  }

  @Test
  void scrapeOfNothingHasEmptyFiles() {
    ByteBuf out = Unpooled.buffer();
    writer.writeScrape(out, new Scrape(1), 0);

    assertThat(out.toString(ISO_8859_1))
        .isEqualTo("d5:filesde5:flagsd20:min_request_intervali0eee");
  }
}
