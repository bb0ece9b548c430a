package io.trakx.netty.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotFileTest {
  private static final StoreLimits ROOMY = new StoreLimits(1 << 20, 1 << 20, 1 << 20);
  private static final UUID WRITER = new UUID(1, 2);
  private static final int MINUTE = 200;
  private static final int TIMEOUT_MINUTES = 45;

  @TempDir private Path directory;

  private final SwarmStore store = new SwarmStore(ROOMY, new Random(1), true);
  private final ChangeLog log = new ChangeLog(store, 10);
  private final Announcer announcer = new Announcer(store);
  private Instant now = Instant.parse("2026-11-24T10:55:48.123Z");
  private Path path;
  private SnapshotFile file;

  @BeforeEach
  void someSwarms() {
    path = directory.resolve("swarms.snapshot");
    file = new SnapshotFile(path, () -> now);
    for (int i = 0; i < 4; i++) {
      announcer.announce(i % 3, i, MINUTE);
    }
    announcer.complete(2, 7, MINUTE);
  }

  @Test
  void aStartWithoutASnapshotFindsNone() {
    assertThat(restore()).isEqualTo(new RestoredSnapshot.Absent());
  }

  @Test
  void everyTruncationIsDetected() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertSetAside("truncated to " + length);
    }
  }

  @Tag("slow")
  @Test
  void everyFlippedBitIsDetected() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(path);
    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Files.write(path, flipped);
      assertSetAside("bit " + bit);
    }
  }

  @Test
  void whatFollowsTheEndIsDetected() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(path);
    byte[] longer = ByteBuffer.allocate(whole.length + 1).put(whole).array();
    Files.write(path, longer);
    assertThat(assertSetAside("longer").reason()).isEqualTo("something follows its end");
  }

  @Test
  void missingBlocksAreDetected() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(path);
    int swarms =
        SnapshotFormat.PREAMBLE_BYTES
            + SnapshotFormat.BLOCK_PREFIX_BYTES
            + SnapshotFormat.HEADER_BYTES
            + SnapshotFormat.CHECKSUM_BYTES;
    int length = ByteBuffer.wrap(whole).getInt(swarms + 1);
    int next = swarms + SnapshotFormat.BLOCK_PREFIX_BYTES + length + SnapshotFormat.CHECKSUM_BYTES;
    ByteBuffer without = ByteBuffer.allocate(whole.length - (next - swarms));
    without.put(whole, 0, swarms).put(whole, next, whole.length - next);
    Files.write(path, without.array());
    assertThat(assertSetAside("no swarms").reason()).isEqualTo("parts of it are missing");
  }

  @Test
  void aFileOfAnotherProgramIsSetAsideUnderANameOfItsOwn() throws IOException {
    Files.writeString(path, "<html>It works!</html>");
    RestoredSnapshot.SetAside result = assertSetAside("foreign");
    assertThat(result.reason()).isEqualTo("it is no snapshot of Trakx");
    assertThat(result.aside())
        .isEqualTo(directory.resolve("swarms.snapshot.damaged-20261124T105548.123Z"))
        .hasContent("<html>It works!</html>");
  }

  @Test
  void aFileOfANewerVersionIsSetAside() throws IOException {
    write();
    byte[] newer = Files.readAllBytes(path);
    ByteBuffer.wrap(newer).putInt(Long.BYTES, 2);
    Files.write(path, newer);
    assertThat(assertSetAside("newer").reason())
        .isEqualTo("it has version 2 of the format, not 1: another Trakx wrote it");
  }

  @Test
  void whatCannotBeReadIsSetAside() throws IOException {
    Files.createDirectory(path);
    assertThat(assertSetAside("a directory").reason()).startsWith("reading it failed: ");
  }

  @Test
  void swarmsBeforeTheDamageAreBackNevertheless() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(path);
    whole[whole.length - 1] ^= 1;
    Files.write(path, whole);
    assertThat(assertSetAside("damaged end").swarms())
        .isEqualTo(new RestoredSnapshot.SwarmCounts(5, 3, 0, 0));
  }

  @Test
  void aFullDiskLeavesTheLastSnapshotAndNothingElse() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    write();
    byte[] last = Files.readAllBytes(path);
    Files.createSymbolicLink(directory.resolve("swarms.snapshot.unfinished"), full);
    assertThatIOException().isThrownBy(this::write).withMessageContaining("No space left");
    assertThat(path).hasBinaryContent(last);
    assertThat(files()).containsExactly("swarms.snapshot");
    write();
    assertThat(restore()).isInstanceOf(RestoredSnapshot.Complete.class);
  }

  @Test
  void aWriteThatDiedIsReplacedByTheNext() throws IOException {
    Files.write(directory.resolve("swarms.snapshot.unfinished"), new byte[100_000]);
    write();
    assertThat(files()).containsExactly("swarms.snapshot");
    assertThat(restore()).isInstanceOf(RestoredSnapshot.Complete.class);
  }

  @Test
  void aDirectoryThatIsGoneFailsTheWrite() {
    file = new SnapshotFile(directory.resolve("gone").resolve("swarms.snapshot"), () -> now);
    assertThatIOException().isThrownBy(this::write);
  }

  /** The peer of age 5 is too old after more than 40 minutes, by the wall clock. */
  @ParameterizedTest
  @CsvSource({"PT0S, 6", "PT40M59S, 6", "PT41M, 5", "PT45M, 5", "PT46M, 0", "P400D, 0", "-P1D, 6"})
  void peersTooOldByTheWallClockAreLeftOut(Duration elapsed, long left) throws IOException {
    announcer.announce(1, 20, MINUTE - 5);
    write();
    now = now.plus(elapsed);
    RestoredSnapshot.Complete result = (RestoredSnapshot.Complete) restore();
    assertThat(result.age()).isEqualTo(elapsed.isNegative() ? Duration.ZERO : elapsed);
    assertThat(result.swarms().peers()).isEqualTo(left);
    assertThat(result.swarms().tooOld()).isEqualTo(6 - left);
  }

  @Test
  void theLimitsOfTheStoreHold() throws IOException {
    write();
    SwarmStore small = new SwarmStore(new StoreLimits(3, 2, 10), new Random(2));
    RestoredSnapshot.Complete result =
        (RestoredSnapshot.Complete) file.restore(small, MINUTE, TIMEOUT_MINUTES);
    assertThat(small.totals().peers()).isLessThanOrEqualTo(3).isEqualTo(result.swarms().peers());
    assertThat(small.totals().torrents()).isLessThanOrEqualTo(2);
    assertThat(result.swarms().refused()).isEqualTo(5 - result.swarms().peers());
  }

  @Test
  void anEarlierLifesCompletedDownloadsReachTheDatabaseOnce() throws IOException {
    announcer.complete(5, 8, MINUTE);
    log.take();
    announcer.complete(5, 9, MINUTE);
    write();
    SwarmStore restarted = new SwarmStore(ROOMY, new Random(2), true);
    RestoredSnapshot.Complete result =
        (RestoredSnapshot.Complete) file.restore(restarted, MINUTE, TIMEOUT_MINUTES);
    ChangeLog next = new ChangeLog(restarted, 10);
    next.resume(result.pending());
    // The batch had arrived, though nobody heard of it.
    next.resolve(1);
    next.take();
    long completed = 0;
    for (int i = 0; i < next.batch().size(); i++) {
      completed += next.batch().completed(i);
    }
    assertThat(completed).isEqualTo(1);
    // The ledger's number, and one more that the batch on its way might have had.
    assertThat(next.sequence()).isEqualTo(2);
  }

  @Tag("slow")
  @Test
  void peersThatStayAreInASnapshotWrittenWhileOthersComeAndGo() throws Exception {
    int torrents = 3000;
    for (int i = 0; i < 20 * torrents; i++) {
      announcer.announce(i % torrents, 1000 + i, MINUTE);
    }
    AtomicBoolean written = new AtomicBoolean();
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<Long> churn = executor.submit(() -> comeAndGo(torrents, written));
      for (int i = 0; i < 3; i++) {
        write();
      }
      written.set(true);
      assertThat(churn.get()).isPositive();
    }
    SwarmStore restored = new SwarmStore(ROOMY, new Random(2));
    assertThat(file.restore(restored, MINUTE, TIMEOUT_MINUTES))
        .isInstanceOf(RestoredSnapshot.Complete.class);
    Contents contents = Contents.of(restored, MINUTE);
    assertThat(contents.peers()).hasSize((int) restored.totals().peers());
    Announcer again = new Announcer(restored);
    for (int i = 0; i < 20 * torrents; i++) {
      again.stop(i % torrents, 1000 + i, MINUTE);
    }
    assertThat(restored.totals().peers())
        .as("what is left when those that stayed have gone")
        .isEqualTo(contents.peers().size() - 20L * torrents);
  }

  private long comeAndGo(int torrents, AtomicBoolean written) {
    Announcer other = new Announcer(store);
    Random random = new Random(3);
    long announces = 0;
    while (!written.get()) {
      int torrent = random.nextInt(2 * torrents);
      int peer = 10_000_000 + random.nextInt(50_000);
      other.announce(torrent, peer, MINUTE + 1);
      other.stop(torrent, 10_000_000 + random.nextInt(50_000), MINUTE + 1);
      announces++;
    }
    return announces;
  }

  private RestoredSnapshot.SetAside assertSetAside(String how) throws IOException {
    RestoredSnapshot result = restore();
    assertThat(result).as(how).isInstanceOf(RestoredSnapshot.SetAside.class);
    RestoredSnapshot.SetAside aside = (RestoredSnapshot.SetAside) result;
    assertThat(path).as(how).doesNotExist();
    assertThat(aside.aside()).as(how).exists();
    return aside;
  }

  private void write() throws IOException {
    file.write(store, log, WRITER, MINUTE, () -> {});
  }

  private RestoredSnapshot restore() {
    SwarmStore restored = new SwarmStore(ROOMY, new Random(2), true);
    return file.restore(restored, MINUTE, TIMEOUT_MINUTES);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
