package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trakx.core.protocol.PeerAddress;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  static PeerAddress address(String text) {
    PeerAddress address = new PeerAddress();
    byte[] bytes = Latin1.bytes(text);
    assertThat(AddressText.parse(bytes, 0, bytes.length, address)).isTrue();
    return address;
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false",
    "10.0.0.1/32, 10.0.0.1, true",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "2001:db8::/64, 2001:db8::ffff, true",
    "2001:db8::/64, 2001:db8:0:1::, false",
    "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    "2001:db8::1, 2001:db8::1, true",
    "2001:db8::1, 2001:db8::2, false",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "::ffff:10.0.0.1, 10.0.0.1, true",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
  })
  void networksContainTheirAddresses(String network, String text, boolean contained) {
    assertThat(TrustedProxies.parse(List.of(network)).contains(address(text))).isEqualTo(contained);
  }

  @Test
  void anyOfSeveralNetworksWill() {
    TrustedProxies proxies = TrustedProxies.parse(List.of("127.0.0.1", "10.0.0.0/8", "::1"));

    assertThat(proxies.isEmpty()).isFalse();
    assertThat(proxies.contains(address("10.0.0.1"))).isTrue();
    assertThat(proxies.contains(address("::1"))).isTrue();
    assertThat(proxies.contains(address("127.0.0.2"))).isFalse();
  }

  @Test
  void nobodyIsTrustedByAnEmptyList() {
    assertThat(TrustedProxies.parse(List.of()).isEmpty()).isTrue();
    assertThat(TrustedProxies.NONE.contains(address("127.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "proxy", "10.0.0", "10.0.0.1:80", "[::1]", "[::1]/128", "/8", "10.0.0.0 /8"})
  void whatIsNoNetworkIsNamed(String text) {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of("127.0.0.1", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"" + text + "\" is not an IPv4 or IPv6 address or network such as 10.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/a",
        "10.0.0.0/8/8",
        "10.0.0.0/0008"
      })
  void prefixThatIsNoneIsNamed(String text) {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" needs a prefix of 0 to 32 bits behind its slash");
  }

  @Test
  void prefixOfAMappedNetworkCoversTheMapping() {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of("::ffff:10.0.0.0/8")))
        .hasMessage("\"::ffff:10.0.0.0/8\" needs a prefix of 96 to 128 bits behind its slash");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1/8, 8", "fd00::1/8, 8", "2001:db8::1/127, 127"})
  void bitsBeyondThePrefixAreNamed(String text, int prefix) {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of(text)))
        .hasMessage("\"" + text + "\" has bits set beyond its prefix of " + prefix + " bits");
  }

  @Property
  void addressesAgreeInThePrefix(
      @ForAll long networkHigh,
      @ForAll long networkLow,
      @ForAll @IntRange(max = 128) int prefix,
      @ForAll @IntRange(max = 127) int flippedBit) {
    BigInteger bits = unsigned(networkHigh).shiftLeft(64).or(unsigned(networkLow));
    BigInteger network = bits.shiftRight(128 - prefix).shiftLeft(128 - prefix);
    BigInteger other = bits.flipBit(127 - flippedBit);
    TrustedProxies proxies = TrustedProxies.parse(List.of(text(network) + "/" + prefix));

    assertThat(proxies.contains(address(text(bits)))).isTrue();
    assertThat(proxies.contains(address(text(other)))).isEqualTo(flippedBit >= prefix);
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  /** An address that is never IPv4-mapped. */
  private static String text(BigInteger bits) {
    return "%032x".formatted(bits).replaceAll("(.{4})(?!$)", "$1:");
  }
}
