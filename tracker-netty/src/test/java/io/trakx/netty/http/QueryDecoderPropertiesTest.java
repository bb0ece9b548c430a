package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AnnounceEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class QueryDecoderPropertiesTest {
  @Property
  void announceWrittenAsAQueryIsReadBack(
      @ForAll @Size(20) byte[] infoHash,
      @ForAll @Size(20) byte[] peerId,
      @ForAll @IntRange(min = 1, max = 65535) int port,
      @ForAll @LongRange(min = 0) long uploaded,
      @ForAll @LongRange(min = 0) long downloaded,
      @ForAll @LongRange(min = 0) long left,
      @ForAll @IntRange(min = 0) int numwant,
      @ForAll AnnounceEvent event,
      @ForAll boolean compact,
      @ForAll boolean noPeerId,
      @ForAll Random random) {
    List<String> parameters = new ArrayList<>();
    parameters.add("info_hash=" + escape(infoHash, random));
    parameters.add("peer_id=" + escape(peerId, random));
    parameters.add("port=" + port);
    parameters.add("uploaded=" + uploaded);
    parameters.add("downloaded=" + downloaded);
    parameters.add("left=" + left);
    parameters.add("numwant=" + numwant);
    parameters.add(
        event == AnnounceEvent.NONE ? "" : "event=" + event.name().toLowerCase(Locale.ROOT));
    parameters.add(compact ? "compact=1" : "compact=0");
    parameters.add(noPeerId ? "no_peer_id=1" : "supportcrypto=1");
    Collections.shuffle(parameters, random);

    assertThat(QueryAgreement.announce(String.join("&", parameters)))
        .isEqualTo(
            new ReferenceQuery.Announce(
                null,
                HexFormat.of().formatHex(infoHash),
                HexFormat.of().formatHex(peerId),
                port,
                uploaded,
                downloaded,
                left,
                numwant,
                event,
                compact,
                !compact && !noPeerId));
  }

  @Property
  void scrapeWrittenAsAQueryIsReadBack(
      @ForAll @Size(max = 20) List<@Size(20) byte[]> infoHashes, @ForAll Random random) {
    List<String> expected = infoHashes.stream().map(HexFormat.of()::formatHex).distinct().toList();
    String query =
        String.join("&", infoHashes.stream().map(h -> "info_hash=" + escape(h, random)).toList());

    assertThat(QueryAgreement.scrape(query, 74))
        .isEqualTo(new ReferenceQuery.ScrapeQuery(null, expected));
  }

  @Property(tries = 3000)
  void readsWhatTheReferenceReads(
      @ForAll("queries") String query, @ForAll @IntRange(min = 1, max = 3) int capacity) {
    QueryAgreement.checkAnnounce(query);
    QueryAgreement.checkScrape(query, capacity);
  }

  @Provide
  Arbitrary<String> queries() {
    String hash = "abcdefghij0123456789";
    Arbitrary<String> parameter =
        Arbitraries.of(
            "info_hash=" + hash,
            "info_hash=%61bcdefghij0123456789",
            "info_hash=" + hash + "x",
            "info_hash=\u00ff\u0080 =+" + hash.substring(5),
            "info_hash=abcdefghij0123456%7",
            "info_hash",
            "peer_id=" + hash,
            "peer_id=" + hash.substring(1),
            "peer_id",
            "port=6881",
            "port=0",
            "port=",
            "port=-0",
            "port=65536",
            "port=x",
            "event=started",
            "event=stopped",
            "event=paused",
            "event=completed",
            "event=",
            "left=0",
            "left=-1",
            "left=-0",
            "left=18446744073709551615",
            "left=x",
            "left",
            "uploaded=1",
            "uploaded=-",
            "downloaded=9223372036854775808",
            "downloaded=+1",
            "numwant=-1",
            "numwant=50",
            "numwant=4294967296",
            "compact=0",
            "compact=1",
            "no_peer_id=1",
            "no_peer_id=0",
            "a",
            "=",
            "",
            "a=b=c",
            "a;b");
    return parameter.list().ofMaxSize(14).map(list -> String.join("&", list));
  }

  /** Escapes what must be escaped and, by chance, what need not be. */
  private static String escape(byte[] bytes, Random random) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (c == '&' || c == '%' || random.nextBoolean()) {
        text.append((random.nextBoolean() ? "%%%02x" : "%%%02X").formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
