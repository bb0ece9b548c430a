package io.trakx.netty.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whatever a store holds, it holds again after a snapshot was written and read. */
@Tag("slow")
class SnapshotRoundTripTest {
  private static final StoreLimits ROOMY = new StoreLimits(1 << 20, 1 << 20, 1 << 20);
  private static final UUID WRITER = new UUID(1, 2);
  private static final int MINUTE = 200;
  private static final int TIMEOUT_MINUTES = 45;

  private final Path directory;
  private final SnapshotFile file;

  SnapshotRoundTripTest() throws IOException {
    directory = Files.createTempDirectory("snapshot");
    file = new SnapshotFile(directory.resolve("swarms.snapshot"), () -> Instant.EPOCH);
  }

  @AfterProperty
  void removeFiles() throws IOException {
    Files.deleteIfExists(directory.resolve("swarms.snapshot"));
    Files.delete(directory);
  }

  @Property(tries = 60)
  void everyStoreIsTheSameAgain(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int torrents,
      @ForAll @IntRange(max = 600) int announces,
      @ForAll boolean tracksChanges)
      throws IOException {
    Random random = new Random(seed);
    SwarmStore store = new SwarmStore(ROOMY, random, tracksChanges);
    ChangeLog log = new ChangeLog(store, 5);
    Announcer announcer = new Announcer(store);
    for (int i = 0; i < announces; i++) {
      announceAny(announcer, random, torrents);
      if (tracksChanges && random.nextInt(20) == 0) {
        log.take();
        if (random.nextBoolean()) {
          log.acknowledge();
        } else {
          log.restore();
        }
      }
    }
    if (tracksChanges) {
      log.take();
    }
    roundTrip(store, log, tracksChanges);
  }

  @Example
  void swarmsOfMoreThanOneSliceAndBlocksOfEachKindAreTheSameAgain() throws IOException {
    SwarmStore store = new SwarmStore(ROOMY, new Random(1), true);
    Announcer announcer = new Announcer(store);
    for (int i = 0; i < 25_000; i++) {
      announcer.announce(0, i, MINUTE - i % TIMEOUT_MINUTES);
      announcer.complete(1 + i, 1, MINUTE);
      announcer.stop(1 + i, 1, MINUTE);
    }
    ChangeLog log = new ChangeLog(store, 100);
    log.take();
    WrittenSnapshot written = roundTrip(store, log, true);
    assertThat(written.peers()).isEqualTo(25_000);
    assertThat(written.pendingTorrents()).isEqualTo(25_000);
  }

  private WrittenSnapshot roundTrip(SwarmStore store, ChangeLog log, boolean tracksChanges)
      throws IOException {
    WrittenSnapshot written = file.write(store, log, WRITER, MINUTE, () -> {});
    SwarmStore restored = new SwarmStore(ROOMY, new Random(2), tracksChanges);

    RestoredSnapshot result = file.restore(restored, MINUTE, TIMEOUT_MINUTES);

    assertThat(written.bytes()).isEqualTo(Files.size(directory.resolve("swarms.snapshot")));
    assertThat(written.peers()).isEqualTo(store.totals().peers());
    assertThat(result).isInstanceOf(RestoredSnapshot.Complete.class);
    RestoredSnapshot.Complete complete = (RestoredSnapshot.Complete) result;
    assertThat(complete.writer()).isEqualTo(WRITER);
    assertThat(complete.age()).isEqualTo(Duration.ZERO);
    assertThat(complete.swarms())
        .isEqualTo(
            new RestoredSnapshot.SwarmCounts(
                store.totals().peers(), store.totals().torrents(), 0, 0));
    assertThat(complete.pending().sequence()).isEqualTo(log.sequence());
    assertThat(Contents.of(complete.pending())).isEqualTo(Contents.of(log.pending()));
    assertThat(Contents.of(restored, MINUTE)).isEqualTo(Contents.of(store, MINUTE));
    assertThat(restored.totals()).isEqualTo(store.totals());
    return written;
  }

  private static void announceAny(Announcer announcer, RandomGenerator random, int torrents) {
    int torrent = random.nextInt(torrents);
    int peer = random.nextInt(80);
    int minute = MINUTE - random.nextInt(TIMEOUT_MINUTES);
    switch (random.nextInt(4)) {
      case 0 -> announcer.complete(torrent, peer, minute);
      case 1 -> announcer.stop(torrent, peer, minute);
      default -> announcer.announce(torrent, peer, minute);
    }
  }
}
