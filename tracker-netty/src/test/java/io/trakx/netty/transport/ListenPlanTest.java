package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which sockets serve which addresses, with and without IPv6. */
class ListenPlanTest {
  private final TcpService ipv4 = service("0.0.0.0", 1337);
  private final TcpService ipv6 = service("::", 1337);

  private static TcpService service(String address, int port) {
    InetSocketAddress socketAddress = new InetSocketAddress(address, port);
    return new TcpService() {
      @Override
      public InetSocketAddress address() {
        return socketAddress;
      }

      @Override
      public Opener opener(EventLoop loop) {
        throw new AssertionError("nothing is opened here");
      }
    };
  }

  @Test
  void aMachineWithoutIpv6ServesIpv4() throws ListenException {
    for (boolean separates : new boolean[] {true, false}) {
      List<ListenPlan<TcpService>> plans = ListenPlan.of(List.of(ipv4, ipv6), separates, false);
      assertThat(plans).singleElement().matches(plan -> plan.address().equals(ipv4.address()));
      assertThat(plans.getFirst().serves(ipv4)).isTrue();
      assertThat(plans.getFirst().serves(ipv6)).isFalse();
    }
  }

  @Test
  void aMachineWithoutIpv6CannotServeIpv6Alone() {
    assertThatThrownBy(() -> ListenPlan.of(List.of(ipv6), true, false))
        .isInstanceOf(ListenException.class)
        .hasMessage("cannot listen on [::]:1337: this machine has no IPv6");
  }

  @Test
  void aMachineWithoutIpv6CannotServeAnIpv6AddressThatWasNamed() {
    assertThatThrownBy(
            () -> ListenPlan.of(List.of(ipv4, service("2001:db8::1", 1337)), false, false))
        .isInstanceOf(ListenException.class)
        .hasMessage("cannot listen on [2001:db8::1]:1337: this machine has no IPv6");
  }

  @Test
  void oneSocketStandsInForBothWildcardsWhereTheyCannotBeKeptApart() throws ListenException {
    assertThat(ListenPlan.of(List.of(ipv4, ipv6), false, true))
        .containsExactly(new ListenPlan<>(ipv6.address(), ipv4, ipv6));
    assertThat(ListenPlan.of(List.of(ipv4, ipv6), true, true)).hasSize(2);
  }

  @Test
  void wildcardsOnDifferentPortsAreNotMixedUp() throws ListenException {
    TcpService other = service("0.0.0.0", 1338);
    assertThat(ListenPlan.of(List.of(ipv6, other), false, true))
        .containsExactly(
            new ListenPlan<>(ipv6.address(), null, ipv6),
            new ListenPlan<>(other.address(), other, null));
  }

  @Test
  void anAddressListedTwiceIsNamed() {
    assertThatThrownBy(() -> ListenPlan.of(List.of(ipv4, service("0.0.0.0", 1337)), true, true))
        .isInstanceOf(ListenException.class)
        .hasMessage("cannot listen on 0.0.0.0:1337: the address is listed twice");
  }
}
