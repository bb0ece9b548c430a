package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.StoreTotals;
import io.trakx.netty.admin.ReadinessCheck;
import io.trakx.netty.transport.DatagramOptions;
import io.trakx.netty.transport.DatagramService;
import io.trakx.netty.transport.DatagramSockets;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TransportType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final StoreLimits LIMITS = new StoreLimits(10, 7, 5);

  private Optional<String> phase = Optional.empty();
  private Optional<String> lists = Optional.empty();
  private StoreTotals totals = new StoreTotals(0, 0, 0, 0, 0, 0, 0);
  private final Health health =
      new Health(() -> phase, () -> totals, LIMITS, () -> lists, Optional::empty);

  private ReadinessCheck part(String name) {
    return health.readiness().stream()
        .filter(check -> check.part().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Optional<String> trouble(String name) {
    return part(name).trouble().get();
  }

  @Test
  void aPortThatIsClosedIsNamed() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (EventLoops loops = new EventLoops(TransportType.NIO, 1, "test")) {
      DatagramSockets sockets =
          DatagramSockets.open(
              loops, new DatagramOptions(1 << 16), List.of(any), loop -> DatagramService.SILENCE);
      health.listens("udp", sockets.addresses(), sockets::notAccepting);
      String address = "127.0.0.1:" + sockets.addresses().getFirst().getPort();
      assertThat(trouble("listeners")).isEmpty();
      assertThat(part("listeners").details().get()).containsEntry("udp", address).hasSize(1);

      sockets.close().join();

      assertThat(trouble("listeners")).contains("udp takes nothing at " + address);
      assertThat(part("listeners").needed()).isTrue();
    }
  }

  @Test
  void whileItStartsItSaysSo() {
    phase = Optional.of("starting");

    assertThat(trouble("listeners")).contains("starting");
  }

  @Test
  void aStoreAtItsLimitSaysWhichAndServesOn() {
    totals = new StoreTotals(6, 6, 1, 2, 3, 3, 9);
    assertThat(trouble("store")).isEmpty();
    assertThat(part("store").details().get())
        .containsEntry("peers", 9L)
        .containsEntry("peers_limit", 10L)
        .containsEntry("torrents", 6L)
        .containsEntry("torrents_limit", 7L);

    totals = new StoreTotals(1, 7, 1, 2, 3, 3, 9);
    assertThat(trouble("store")).get().asString().contains("limits.swarms");
    totals = new StoreTotals(6, 6, 1, 2, 3, 4, 9);
    assertThat(trouble("store")).get().asString().contains("limits.peers");
    assertThat(part("store").needed()).isFalse();
  }

  @Test
  void listsThatCannotBeReadAreTold() {
    assertThat(trouble("lists")).isEmpty();

    lists = Optional.of("denied: there is no such file");

    assertThat(trouble("lists")).isEqualTo(lists);
    assertThat(part("lists").needed()).isFalse();
  }
}
