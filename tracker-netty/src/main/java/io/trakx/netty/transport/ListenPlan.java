package io.trakx.netty.transport;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One address to listen on, and which service gets what comes over which family.
 *
 * <p>Where the transport cannot keep {@code [::]} and {@code 0.0.0.0} apart on one port, one socket
 * for both families stands in for the two, and what comes is told apart by its family.
 */
record ListenPlan<S extends Listener>(
    InetSocketAddress address, @Nullable S ipv4, @Nullable S ipv6) {

  /**
   * Plans the sockets for {@code services}, those that cover others first.
   *
   * @param separatesFamilies whether the transport can have IPv6 alone
   * @param ipv6Available whether this machine knows IPv6 at all; if not, {@code [::]} is left out
   *     as long as there is something else to listen on
   * @throws ListenException if the services cannot be had together or on this machine
   */
  static <S extends Listener> List<ListenPlan<S>> of(
      List<? extends S> services, boolean separatesFamilies, boolean ipv6Available)
      throws ListenException {
    check(services);
    List<ListenPlan<S>> plans = new ArrayList<>();
    for (S service : services) {
      InetSocketAddress address = service.address();
      if (isIpv6(address) && !ipv6Available) {
        if (!isWildcard(address) || services.stream().allMatch(s -> isIpv6(s.address()))) {
          throw new ListenException(address, "this machine has no IPv6");
        }
      } else if (!isWildcard(address) || separatesFamilies) {
        plans.add(new ListenPlan<>(address, service, service));
      } else if (isIpv6(address)) {
        plans.add(new ListenPlan<>(address, otherFamily(service, services), service));
      } else if (!ipv6Available || otherFamily(service, services) == null) {
        plans.add(new ListenPlan<>(address, service, null));
      }
    }
    plans.sort(Comparator.comparing(plan -> !isWildcard(plan.address())));
    return plans;
  }

  private static void check(List<? extends Listener> services) throws ListenException {
    Set<InetSocketAddress> seen = new HashSet<>();
    for (Listener service : services) {
      InetSocketAddress address = service.address();
      if (address.isUnresolved()) {
        throw new ListenException(address, "the host's name is not known");
      }
      if (address.getPort() != 0 && !seen.add(address)) {
        throw new ListenException(address, "the address is listed twice");
      }
    }
  }

  /** The service at the wildcard address of the other family and the same port. */
  private static <S extends Listener> @Nullable S otherFamily(
      S service, List<? extends S> services) {
    InetSocketAddress address = service.address();
    for (S other : services) {
      if (address.getPort() != 0
          && other.address().getPort() == address.getPort()
          && isWildcard(other.address())
          && isIpv6(other.address()) != isIpv6(address)) {
        return other;
      }
    }
    return null;
  }

  /** Whether a socket of this plan, listening, stands in the way of one of {@code other}. */
  boolean covers(ListenPlan<S> other, boolean separatesFamilies) {
    return isWildcard(address)
        && address.getPort() == other.address.getPort()
        && (!separatesFamilies || isIpv6(address) == isIpv6(other.address));
  }

  boolean serves(S service) {
    return service.equals(ipv4) || service.equals(ipv6);
  }

  /** Whether IPv4 must be kept from a socket at {@code [::]}. */
  boolean ipv6Only() {
    return isIpv6(address) && isWildcard(address) && (ipv4 == null || bothFamiliesAlike());
  }

  boolean bothFamiliesAlike() {
    return Objects.equals(ipv4, ipv6);
  }

  boolean isIpv6() {
    return isIpv6(address);
  }

  private static boolean isIpv6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  private static boolean isWildcard(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress();
  }
}
