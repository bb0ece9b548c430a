package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import io.trakx.core.protocol.PeerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ProxyHeaderPropertiesTest {
  @Property(tries = 2000)
  void whatIsReadIsReadByNettyAlike(@ForAll("headers") String header) {
    ProxyHeaderAgreement.check(Latin1.bytes(header));
  }

  @Property(tries = 500)
  void whatNettyWritesIsRead(
      @ForAll boolean ipv6,
      @ForAll @Size(16) byte[] address,
      @ForAll @IntRange(max = 0xffff) int port,
      @ForAll HAProxyProtocolVersion version)
      throws UnknownHostException {
    byte[] source = ipv6 ? address : Arrays.copyOf(address, 4);
    String text = NetUtil.bytesToIpAddress(source);
    byte[] written =
        encoded(
            new HAProxyMessage(
                version,
                HAProxyCommand.PROXY,
                ipv6 ? HAProxyProxiedProtocol.TCP6 : HAProxyProxiedProtocol.TCP4,
                text,
                ipv6 ? "::1" : "127.0.0.1",
                port,
                1337));
    ProxyHeader header = new ProxyHeader();
    assertThat(ProxyHeaderAgreement.parse(header, written, written.length))
        .isEqualTo(written.length);
    assertThat(header.namesClient()).isTrue();
    PeerAddress expected = new PeerAddress();
    AddressBytes.copy(InetAddress.getByAddress(source), expected);
    assertThat(ProxyHeaderAgreement.text(header.client()))
        .isEqualTo(ProxyHeaderAgreement.text(expected));
  }

  private static byte[] encoded(HAProxyMessage message) {
    EmbeddedChannel channel = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
    channel.writeOutbound(message);
    ByteBuf all = channel.alloc().buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    byte[] bytes = ByteBufUtil.getBytes(all);
    all.release();
    channel.finishAndReleaseAll();
    return bytes;
  }

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> lines =
        pieces(
                List.of(
                    "TCP4 ",
                    "TCP6 ",
                    "UNKNOWN",
                    "9.9.9.9 ",
                    "9.9.9.8 ",
                    "256.9.9.9 ",
                    "2001:db8::1 ",
                    "::ffff:9.9.9.9 ",
                    "[::1] ",
                    "1 ",
                    "4711 ",
                    "65536 ",
                    "2",
                    " ",
                    ":"),
                7)
            .map(words -> "PROXY " + words + "\r\n");
    Arbitrary<String> sound =
        Arbitraries.of(
            ProxyHeaders.line("9.9.9.9", 4711),
            ProxyHeaders.line("2001:db8::1", 4711),
            ProxyHeaders.line("UNKNOWN"),
            ProxyHeaders.LOCAL,
            ProxyHeaders.binary("9.9.9.9", 4711, ""),
            ProxyHeaders.binary("2001:db8::1", 4711, "\4\0\5hello"),
            ProxyHeaders.binary("::ffff:9.9.9.9", 4711, ""));
    Arbitrary<String> damaged =
        sound.flatMap(
            header ->
                Arbitraries.integers()
                    .between(0, header.length() - 1)
                    .flatMap(
                        at ->
                            Arbitraries.chars()
                                .range('\0', '\u00ff')
                                .map(
                                    with ->
                                        header.substring(0, at)
                                            + with
                                            + header.substring(at + 1))));
    Arbitrary<String> rest = Arbitraries.of("", "GET / HTTP/1.1\r\n\r\n", "\r\n", "\0");
    return Arbitraries.oneOf(lines, sound, damaged)
        .flatMap(header -> rest.map(behind -> header + behind));
  }

  private static Arbitrary<String> pieces(List<String> pieces, int most) {
    return Arbitraries.of(pieces).list().ofMaxSize(most).map(list -> String.join("", list));
  }
}
