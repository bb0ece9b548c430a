package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.trakx.core.protocol.PeerAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds {@link ProxyHeader} against Netty's decoder: what both read, they read alike, and a binary
 * header that we read it reads, too. The other way round it need not be so.
 */
final class ProxyHeaderAgreement {
  /** Something before and behind, so that a step beyond the range shows. */
  private static final int MARGIN = 11;

  /** Of version 2: where the length of the rest lies, and what comes before the rest. */
  private static final int LENGTH = 14;

  private static final int FIXED = 16;

  private ProxyHeaderAgreement() {}

  static void check(byte[] bytes) {
    ProxyHeader header = new ProxyHeader();
    int length = parse(header, bytes, bytes.length);
    assertThat(header.isBroken()).isEqualTo(length == ProxyHeader.BROKEN);
    if (length <= 0) {
      assertThat(header.namesClient()).isFalse();
    }
    if (length == ProxyHeader.INCOMPLETE) {
      assertThat(clientByNetty(bytes)).isNull();
    } else if (length > 0) {
      String expected = header.namesClient() ? text(header.client()) : "nobody";
      String byNetty = clientByNetty(bare(bytes, length, header.namesClient()));
      if (byNetty != null || !isTooMuchForNetty(bytes, length)) {
        assertThat(byNetty).isEqualTo(expected);
      }
      for (int to = 0; to < length; to++) {
        assertThat(parse(new ProxyHeader(), bytes, to)).isEqualTo(ProxyHeader.INCOMPLETE);
      }
    }
  }

  /**
   * Whether a line has what the specification allows and Netty does not: a port of 0, or IPv4
   * within IPv6 behind a prefix other than the usual ones.
   */
  private static boolean isTooMuchForNetty(byte[] bytes, int length) {
    String line = Latin1.text(bytes, 0, length);
    boolean ipv4WithinIpv6 = line.startsWith("PROXY TCP6 ") && line.contains(".");
    boolean portOfZero = line.matches("(?s)PROXY TCP.* 0+( .*)?\\r\\n");
    return ipv4WithinIpv6 || portOfZero;
  }

  /** Parses the first {@code length} bytes, at an odd place of a larger buffer. */
  static int parse(ProxyHeader header, byte[] bytes, int length) {
    byte[] buffer = new byte[length + 2 * MARGIN];
    Arrays.fill(buffer, (byte) '\r');
    System.arraycopy(bytes, 0, buffer, MARGIN, length);
    return header.parse(buffer, MARGIN, MARGIN + length);
  }

  static String text(PeerAddress address) {
    return address.family() + " " + address.high() + " " + address.low();
  }

  /**
   * The header alone, without what is ignored in it: Netty reads that, too, and may not like it.
   */
  private static byte[] bare(byte[] bytes, int length, boolean namesClient) {
    byte[] header = Arrays.copyOf(bytes, length);
    if (header[0] == 'P') {
      return header;
    }
    int rest = 0;
    if (namesClient) {
      rest = header[LENGTH - 1] == 0x11 ? 12 : 36;
    } else {
      header[LENGTH - 1] = 0;
    }
    header[LENGTH] = 0;
    header[LENGTH + 1] = (byte) rest;
    return Arrays.copyOf(header, FIXED + rest);
  }

  /** The client's address, "nobody", or null if Netty finds no header. */
  private static @Nullable String clientByNetty(byte[] bytes) {
    EmbeddedChannel channel = new EmbeddedChannel(new HAProxyMessageDecoder());
    try {
      channel.writeInbound(Unpooled.copiedBuffer(bytes));
      Object read = channel.readInbound();
      try {
        return read instanceof HAProxyMessage message ? client(message) : null;
      } finally {
        ReferenceCountUtil.release(read);
      }
    } catch (DecoderException e) {
      return null;
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private static String client(HAProxyMessage message) {
    if (message.sourceAddress() == null) {
      return "nobody";
    }
    PeerAddress address = new PeerAddress();
    byte[] text = Latin1.bytes(message.sourceAddress());
    assertThat(AddressText.parse(text, 0, text.length, address)).isTrue();
    return text(address);
  }
}
