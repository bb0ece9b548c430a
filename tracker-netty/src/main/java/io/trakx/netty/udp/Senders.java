package io.trakx.netty.udp;

import io.trakx.core.protocol.PeerAddress;
import io.trakx.netty.transport.DatagramSender;

/** Takes a datagram's sender over into the tracker's words. */
final class Senders {
  private Senders() {}

  /** Sets family and address of {@code target}; an IPv4-mapped address becomes IPv4. */
  static void copyAddress(DatagramSender source, PeerAddress target) {
    if (source.isIpv4()) {
      target.ipv4(source.ipv4());
    } else {
      target.ipv6(source.ipv6High(), source.ipv6Low());
    }
  }
}
