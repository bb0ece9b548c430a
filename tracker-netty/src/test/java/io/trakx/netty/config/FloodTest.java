package io.trakx.netty.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.limit.AddressLimits;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.swarm.AnnounceOutcome;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import java.io.File;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A flood of newcomers ends at the limits that follow from the heap, not at the heap's. */
@Tag("slow")
class FloodTest {
  @Test
  void aSmallHeapHoldsAllThatTheLimitsAdmit() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Flood.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("full");
  }

  /** First a peer in each of as many torrents as there may be, then the rest in few swarms. */
  static final class Flood {
    private static final int BEYOND = 20_000;
    private static final int LARGE_SWARMS = 4;

    private final SplittableRandom random = new SplittableRandom(1);
    private final AnnounceRequest request = new AnnounceRequest();
    private final AnnounceResponse response = new AnnounceResponse(0);
    private final StoreLimits limits =
        new LimitOptions(OptionalLong.empty(), OptionalLong.empty(), 1_000_000, AddressLimits.NONE)
            .forHeap(Runtime.getRuntime().maxMemory());
    private final SwarmStore store = new SwarmStore(limits, new Random(2), true);

    private Flood() {}

    public static void main(String[] arguments) {
      new Flood().run();
    }

    private void run() {
      // These come first, or there would be no room for them.
      for (int torrent = 0; torrent < LARGE_SWARMS; torrent++) {
        announce(torrent);
      }
      for (long i = 0; i < limits.swarms() + BEYOND; i++) {
        announce(random.nextLong());
      }
      AnnounceOutcome last = AnnounceOutcome.ADDED;
      for (long i = 0; i < limits.peers() + BEYOND; i++) {
        last = announce(i % LARGE_SWARMS);
      }
      if (last == AnnounceOutcome.NOT_LISTED && store.totals().peers() == limits.peers()) {
        System.out.println("full: " + store.totals());
      }
    }

    private AnnounceOutcome announce(long torrent) {
      request.reset();
      request.infoHash().set(torrent, torrent, (int) torrent);
      request.address().ipv6(0x2a00_0000_0000_0000L | random.nextLong() >>> 8, random.nextLong());
      request.address().port(6881);
      response.reset();
      return store.announce(request, 0, 0, response);
    }
  }
}
