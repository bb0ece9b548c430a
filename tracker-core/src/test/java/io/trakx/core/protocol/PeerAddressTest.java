package io.trakx.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PeerAddressTest {
  private final PeerAddress address = new PeerAddress();

  @Property
  void takesAMappedAddressForTheIpv4AddressItStandsFor(@ForAll int bits) {
    PeerAddress mapped = new PeerAddress();
    mapped.ipv6(1, 1);
    mapped.ipv6(0, 0xffff_0000_0000L | (bits & 0xffff_ffffL));
    assertThat(mapped.family()).isEqualTo(AddressFamily.IPV4);
    assertThat(mapped.high()).isZero();
    assertThat(mapped.low()).isEqualTo(Integer.toUnsignedLong(bits));
  }

  @Test
  void takesNoOtherAddressForIpv4() {
    isIpv6(0, 0);
    isIpv6(0, 1);
    isIpv6(0, 0x0102_0304L);
    isIpv6(0, 0xfffe_0102_0304L);
    isIpv6(0, 0x0001_ffff_0102_0304L);
    isIpv6(0, -1);
    isIpv6(1, 0xffff_0102_0304L);
    isIpv6(0x0064_ff9b_0000_0000L, 0x0102_0304L);
  }

  @Test
  void keepsItsPortWhenTheAddressIsSet() {
    address.port(6881);
    address.ipv4(1);
    address.ipv6(2, 3);
    PeerAddress other = new PeerAddress();
    other.ipv4(7);
    other.port(1);
    address.addressOf(other);
    assertThat(address.family()).isEqualTo(AddressFamily.IPV4);
    assertThat(address.low()).isEqualTo(7);
    assertThat(address.port()).isEqualTo(6881);
  }

  @Test
  void forgetsAnEarlierFamily() {
    address.ipv6(-1, -1);
    address.ipv4(-1);
    assertThat(address.family()).isEqualTo(AddressFamily.IPV4);
    assertThat(address.high()).isZero();
    assertThat(address.low()).isEqualTo(0xffff_ffffL);
  }

  @Property
  void holdsAnyPort(@ForAll @IntRange(max = 65_535) int port) {
    PeerAddress any = new PeerAddress();
    any.port(port);
    assertThat(any.port()).isEqualTo(port);
  }

  private void isIpv6(long high, long low) {
    address.ipv6(high, low);
    assertThat(address.family()).isEqualTo(AddressFamily.IPV6);
    assertThat(address.high()).isEqualTo(high);
    assertThat(address.low()).isEqualTo(low);
  }
}
