package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import io.trakx.netty.transport.TcpService.Opener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event loop, with who takes its connections of each family; null: nobody does. */
record Target(EventLoop loop, @Nullable Opener ipv4, @Nullable Opener ipv6) {
  /** Whether both families go the same way, so that nobody needs to ask for a client's. */
  boolean familiesAlike() {
    return Objects.equals(ipv4, ipv6);
  }

  /** Who is told that accepting failed. */
  @Nullable Opener any() {
    return ipv4 == null ? ipv6 : ipv4;
  }
}
