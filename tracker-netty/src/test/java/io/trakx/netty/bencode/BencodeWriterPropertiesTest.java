package io.trakx.netty.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.Bencode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class BencodeWriterPropertiesTest {
  private static final int ID_BYTES = 20;

  private final BencodeWriter writer = new BencodeWriter();

  @Property(tries = 300)
  void announceIsReadBack(
      @ForAll boolean ipv6Client,
      @ForAll boolean compact,
      @ForAll boolean withIds,
      @ForAll @IntRange(max = 40) int ipv4Peers,
      @ForAll @IntRange(max = 40) int ipv6Peers,
      @ForAll @IntRange(min = 0) int figure,
      @ForAll Random random)
      throws UnknownHostException {
    AnnounceRequest request = new AnnounceRequest();
    if (ipv6Client) {
      request.address().ipv6(random.nextLong() | 1, random.nextLong());
    } else {
      request.address().ipv4(random.nextInt());
    }
    request.compact(compact);
    request.withPeerIds(!compact && withIds);
    AnnounceResponse response = new AnnounceResponse(200);
    response.figures(figure, figure / 10, figure / 1000);
    response.intervals(figure / 3, figure / 7);
    byte[] ipv4 = fill(response, AddressFamily.IPV4, ipv4Peers, request.withPeerIds(), random);
    byte[] ipv6 = fill(response, AddressFamily.IPV6, ipv6Peers, request.withPeerIds(), random);

    ByteBuf out = Unpooled.buffer(writer.announceLength(request, response));
    int capacity = out.capacity();
    writer.writeAnnounce(out, request, response);

    assertThat(out.readableBytes()).isEqualTo(capacity);
    Map<String, Object> answer = Bencode.readDictionary(ByteBufUtil.getBytes(out));
    assertThat(answer)
        .containsEntry("complete", (long) figure)
        .containsEntry("incomplete", (long) (figure / 10))
        .containsEntry("downloaded", (long) (figure / 1000))
        .containsEntry("interval", (long) (figure / 3))
        .containsEntry("min interval", (long) (figure / 7));
    assertThat((String) answer.get("external ip")).hasSize(ipv6Client ? 16 : 4);
    if (compact) {
      assertThat(answer).containsEntry("peers", new String(ipv4, ISO_8859_1));
      if (ipv6Client || ipv6Peers > 0) {
        assertThat(answer).containsEntry("peers6", new String(ipv6, ISO_8859_1));
      } else {
        assertThat(answer).doesNotContainKey("peers6");
      }
    } else {
      List<String> expected = new ArrayList<>();
      AddressFamily first = request.address().family();
      expected.addAll(rows(response, first, request.withPeerIds()));
      expected.addAll(rows(response, first.other(), request.withPeerIds()));
      assertThat(rows((List<?>) answer.getOrDefault("peers", List.of()))).isEqualTo(expected);
    }
  }

  private static byte[] fill(
      AnnounceResponse response, AddressFamily family, int count, boolean withIds, Random random) {
    int compactBytes = family.compactBytes();
    byte[] rows = new byte[count * (compactBytes + ID_BYTES)];
    random.nextBytes(rows);
    for (int i = 0; i < count * compactBytes; i++) {
      if (random.nextInt(3) == 0) {
        rows[i] = 0;
      }
    }
    response.peers(family).append(rows, 0, withIds ? count * compactBytes : -1, count);
    return Arrays.copyOf(rows, count * compactBytes);
  }

  /** Peers as address in hexadecimal digits, port and id, from the packed arrays. */
  private static List<String> rows(AnnounceResponse response, AddressFamily family, boolean ids)
      throws UnknownHostException {
    List<String> rows = new ArrayList<>();
    int bytes = family.compactBytes();
    for (int i = 0; i < response.peers(family).size(); i++) {
      byte[] row = Arrays.copyOfRange(response.peers(family).compact(), i * bytes, (i + 1) * bytes);
      InetAddress address = InetAddress.getByAddress(Arrays.copyOf(row, family.addressBytes()));
      int port = (row[bytes - 2] & 0xff) << 8 | (row[bytes - 1] & 0xff);
      String id = new String(response.peers(family).ids(), i * ID_BYTES, ID_BYTES, ISO_8859_1);
      rows.add(address + " " + port + (ids ? " " + id : ""));
    }
    return rows;
  }

  /** Peers in the same form, from the answer. */
  private static List<String> rows(List<?> peers) throws UnknownHostException {
    List<String> rows = new ArrayList<>();
    for (Object peer : peers) {
      Map<?, ?> dictionary = (Map<?, ?>) peer;
      InetAddress address = InetAddress.ofLiteral((String) dictionary.get("ip"));
      Object id = dictionary.get("peer id");
      rows.add(
          InetAddress.getByAddress(address.getAddress())
              + " "
              + dictionary.get("port")
              + (id == null ? "" : " " + id));
    }
    return rows;
  }

  @Property(tries = 300)
  void scrapeIsReadBackSorted(
      @ForAll @Size(max = 80) @UniqueElements List<@Size(20) byte[]> hashes,
      @ForAll Random random) {
    Scrape scrape = new Scrape(80);
    Map<String, Object> files = new TreeMap<>();
    for (byte[] hash : hashes) {
      String key = new String(hash, ISO_8859_1);
      if (files.containsKey(key)) {
        continue;
      }
      int complete = random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31);
      int incomplete = random.nextInt(1000);
      int downloaded = random.nextInt(1000);
      scrape.add(hash, 0);
      scrape.figures(scrape.size() - 1, complete, incomplete, downloaded);
      files.put(
          key,
          Map.of(
              "complete", (long) complete,
              "downloaded", (long) downloaded,
              "incomplete", (long) incomplete));
    }
    ByteBuf out = Unpooled.buffer(writer.scrapeLength(scrape, 900));
    int capacity = out.capacity();
    writer.writeScrape(out, scrape, 900);

    assertThat(out.readableBytes()).isEqualTo(capacity);
    assertThat(Bencode.readDictionary(ByteBufUtil.getBytes(out)))
        .containsEntry("files", files)
        .containsEntry("flags", Map.of("min_request_interval", 900L));
  }

  @Property(tries = 300)
  void failureWithAnyDetailIsWellFormed(
      @ForAll FailureReason reason, @ForAll @Size(max = 50) List<Character> detail) {
    StringBuilder text = new StringBuilder();
    detail.forEach(text::append);
    ByteBuf out = Unpooled.buffer(writer.failureLength(reason, text.toString()));
    int capacity = out.capacity();
    writer.writeFailure(out, reason, text.toString());

    assertThat(out.readableBytes()).isEqualTo(capacity);
    assertThat((String) Bencode.readDictionary(ByteBufUtil.getBytes(out)).get("failure reason"))
        .startsWith(reason.text() + ": ");
  }
}
