package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Scrape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a client writes is what we read, and the other way round, at any place of a buffer. */
class UdpMessagesPropertiesTest {
  private static final int MARGIN = 5;

  /** Something before and behind, so that a step beyond the range shows. */
  private static ByteBuf amidst(byte[] bytes) {
    byte[] all = new byte[bytes.length + 2 * MARGIN];
    Arrays.fill(all, (byte) 0x55);
    System.arraycopy(bytes, 0, all, MARGIN, bytes.length);
    return Unpooled.wrappedBuffer(all).setIndex(MARGIN, MARGIN + bytes.length);
  }

  @Property
  void announcesAreReadAsWritten(
      @ForAll @Size(20) byte[] infoHash,
      @ForAll @Size(20) byte[] peerId,
      @ForAll long downloaded,
      @ForAll long left,
      @ForAll long uploaded,
      @ForAll @IntRange(min = -1, max = 6) int event,
      @ForAll int ip,
      @ForAll int numwant,
      @ForAll @IntRange(max = 65535) int port) {
    ByteBuf in =
        amidst(
            new UdpAnnounce(7)
                .infoHash(infoHash)
                .peerId(peerId)
                .numbers(downloaded, left, uploaded)
                .event(event)
                .ip(ip)
                .numwant(numwant)
                .port(port)
                .bytes());
    AnnounceRequest request = new AnnounceRequest();
    AnnounceMessage.read(in, request);
    assertThat(RequestHeader.connectionId(in)).isEqualTo(7);
    assertThat(RequestHeader.action(in)).isEqualTo(Action.ANNOUNCE);
    assertThat(RequestHeader.transaction(in)).isEqualTo(UdpAnnounce.TRANSACTION);
    assertThat(request.infoHash()).hasToString(UdpAnnounce.hex(infoHash));
    assertThat(request.peerId()).hasToString(UdpAnnounce.hex(peerId));
    assertThat(request.downloaded()).isEqualTo(saturated(downloaded));
    assertThat(request.left()).isEqualTo(saturated(left));
    assertThat(request.uploaded()).isEqualTo(saturated(uploaded));
    assertThat(request.event()).isEqualTo(event(event));
    assertThat(AnnounceMessage.statedAddress(in)).isEqualTo(ip);
    assertThat(request.numwant()).isEqualTo(Math.max(-1, numwant));
    assertThat(request.address().port()).isEqualTo(port);
    assertThat(request.bothFamilies()).isFalse();
  }

  private static long saturated(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  private static AnnounceEvent event(int number) {
    List<AnnounceEvent> events =
        List.of(
            AnnounceEvent.NONE,
            AnnounceEvent.COMPLETED,
            AnnounceEvent.STARTED,
            AnnounceEvent.STOPPED,
            AnnounceEvent.PAUSED);
    return number >= 0 && number < events.size() ? events.get(number) : AnnounceEvent.NONE;
  }

  @Property
  void answersAreWrittenAsClientsReadThem(
      @ForAll AddressFamily family,
      @ForAll @IntRange(max = 70) int peers,
      @ForAll int interval,
      @ForAll int seeders,
      @ForAll int leechers) {
    AnnounceResponse response = new AnnounceResponse(70);
    response.figures(seeders, leechers, 5);
    response.intervals(interval, 1);
    byte[] rows = new byte[70 * family.compactBytes()];
    Arrays.setAll(new Byte[rows.length], i -> rows[i] = (byte) i);
    response.peers(family).append(rows, 0, -1, peers);
    response.peers(family.other()).append(new byte[18], 0, -1, 1);
    ByteBuf out = Unpooled.buffer();
    AnnounceMessage.write(out, UdpAnnounce.TRANSACTION, response, family);
    UdpAnnounce.Answer answer =
        UdpAnnounce.answer(ByteBufUtil.getBytes(out), family.compactBytes());
    assertThat(answer.interval()).isEqualTo(interval);
    assertThat(answer.seeders()).isEqualTo(seeders);
    assertThat(answer.leechers()).isEqualTo(leechers);
    assertThat(String.join("", answer.peers()))
        .isEqualTo(UdpAnnounce.hex(Arrays.copyOf(rows, peers * family.compactBytes())));
    int bytes = out.readableBytes();
    assertThat(AnnounceMessage.peersIn(bytes, family)).isEqualTo(peers);
    assertThat(AnnounceMessage.peersIn(bytes - 1, family)).isEqualTo(Math.max(peers - 1, 0));
  }

  @Property
  void scrapesKeepTheirOrder(
      @ForAll @Size(min = 1, max = 90) List<@IntRange(max = 1000) Integer> tails,
      @ForAll @IntRange(min = 1, max = 74) int capacity) {
    byte[][] hashes = tails.stream().map(UdpAnnounce::hash).toArray(byte[][]::new);
    Scrape scrape = new Scrape(capacity);
    new ScrapeMessage().read(amidst(UdpAnnounce.scrape(1, hashes)), scrape);
    int torrents = Math.min(tails.size(), capacity);
    assertThat(scrape.size()).isEqualTo(torrents);
    for (int i = 0; i < torrents; i++) {
      scrape.figures(i, tails.get(i), i, 7);
    }
    ByteBuf out = Unpooled.buffer();
    ScrapeMessage.write(out, 9, scrape);
    assertThat(out.readableBytes()).isEqualTo(ScrapeMessage.responseBytes(torrents));
    ByteBuffer expected = ByteBuffer.allocate(8 + 12 * torrents).putInt(2).putInt(9);
    for (int i = 0; i < torrents; i++) {
      expected.putInt(tails.get(i)).putInt(7).putInt(i);
    }
    assertThat(ByteBufUtil.getBytes(out)).isEqualTo(expected.array());
  }

  @Property
  void thePathIsPutTogetherFromItsPieces(@ForAll @Size(max = 1000) byte[] path) {
    ByteBuffer options = ByteBuffer.allocate(path.length + 40);
    for (int at = 0; at < path.length; ) {
      int piece = Math.min(path.length - at, 1 + (path[at] & 0xfe));
      options.put((byte) 1).put((byte) 2).put((byte) piece).put(path, at, piece);
      at += piece;
      if (options.remaining() < path.length - at + 20) {
        options = ByteBuffer.allocate(options.capacity() * 2).put(options.flip());
      }
    }
    byte[] written = Arrays.copyOf(options.array(), options.position());
    AnnounceOptions read = new AnnounceOptions();
    assertThat(read.read(amidst(written), MARGIN)).isEqualTo(true);
    assertThat(Arrays.copyOf(read.path(), read.pathLength())).isEqualTo(path);
  }

  @Property
  void errorsAreCutBetweenCharacters(@ForAll String text, @ForAll String detail) {
    ByteBuf out = Unpooled.buffer();
    ErrorMessage.write(out, 5, text, detail);
    assertThat(out.readableBytes()).isBetween(8, ErrorMessage.MAX_BYTES);
  }
}
