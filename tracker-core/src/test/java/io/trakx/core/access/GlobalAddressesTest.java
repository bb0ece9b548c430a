package io.trakx.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.PeerAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalAddressesTest {
  private static boolean isGlobal(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(InetAddress.ofLiteral(text).getAddress());
    PeerAddress address = new PeerAddress();
    if (bytes.remaining() == Integer.BYTES) {
      address.ipv4(bytes.getInt());
    } else {
      address.ipv6(bytes.getLong(), bytes.getLong());
    }
    return GlobalAddresses.contains(address);
  }

  /** The neighbours, on both sides, of what is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2000::",
        "2001:200::",
        "2001:db7:ffff::",
        "2001:db9::",
        "2003::1",
        "2a02::1",
        "3ffe:ffff::",
        "3fff:1000::",
        // 6to4, NAT64 and Teredo of 8.8.8.8
        "2002:808:808::1",
        "64:ff9b::808:808",
        "2001:0:1234::f7f7:f7f7"
      })
  void global(String address) {
    assertThat(isGlobal(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.255",
        "192.0.2.0",
        "192.0.2.255",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.255",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "::8.8.8.8",
        "::ffff:192.168.0.1",
        "100::1",
        "1fff:ffff::",
        "2001:2::1",
        "2001:1ff:ffff::",
        "2001:db8::1",
        "2001:db8:ffff:ffff::",
        "3fff::1",
        "3fff:fff::1",
        "4000::",
        "5f00::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        // 6to4, NAT64 and Teredo of private addresses, and NAT64 of a network's own
        "2002:c0a8:1::1",
        "2002:a00:1::1",
        "2002:7f00:1::1",
        "64:ff9b::192.168.0.1",
        "64:ff9b::100.64.0.1",
        "64:ff9b:0:1::808:808",
        "64:ff9b:1::808:808",
        "2001:0:1234::3f57:fffe"
      })
  void notGlobal(String address) {
    assertThat(isGlobal(address)).isFalse();
  }
}
