package io.trakx.netty.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpTextTest {
  private static String text(byte[] address) {
    byte[] target = new byte[IpText.MAX_BYTES];
    int end =
        address.length == 4
            ? IpText.putIpv4(target, 0, address, 0)
            : IpText.putIpv6(target, 0, address, 0);
    return new String(target, 0, end, ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:1:0:0:0:1:1, 0:0:1::1:1",
    "0:1:0:1:0:1:0:1, 0:1:0:1:0:1:0:1",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "ABCD:0123:0012:0001:1000:0100:0010:0001, abcd:123:12:1:1000:100:10:1",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void ipv6IsWrittenAsRfc5952Wants(String plain, String expected) throws UnknownHostException {
    assertThat(text(InetAddress.ofLiteral(plain).getAddress())).isEqualTo(expected);
  }

  @Property
  void ipv4IsWrittenAsThePlatformWritesIt(@ForAll @Size(4) byte[] address)
      throws UnknownHostException {
    assertThat(text(address)).isEqualTo(InetAddress.getByAddress(address).getHostAddress());
  }

  @Property
  void ipv6IsReadBackByThePlatform(@ForAll @Size(16) byte[] address, @ForAll byte mask)
      throws UnknownHostException {
    for (int group = 0; group < 8; group++) {
      if ((mask >> group & 1) == 0) {
        address[2 * group] = 0;
        address[2 * group + 1] = 0;
      }
    }
    InetAddress expected = InetAddress.getByAddress(address);
    String text = text(address);

    assertThat(InetAddress.ofLiteral(text)).isEqualTo(expected);
    assertThat(text).isEqualTo(text.toLowerCase(Locale.ROOT)).doesNotContain(":::");
  }
}
