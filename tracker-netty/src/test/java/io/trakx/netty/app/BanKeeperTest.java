package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.protocol.Bytes20;
import io.trakx.netty.persistence.Ban;
import io.trakx.netty.testing.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BanKeeperTest {
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  @TempDir Path directory;

  private Path path() {
    return directory.resolve("bans");
  }

  private BanFile file() {
    return new BanFile(path(), InstantSource.fixed(NOW));
  }

  private static Ban ban(String infoHash, String reason) {
    return new Ban(infoHash, reason.isEmpty() ? Optional.empty() : Optional.of(reason), NOW);
  }

  private static Bytes20 bytes(String infoHash) {
    Bytes20 bytes = new Bytes20();
    bytes.read(HexFormat.of().parseHex(infoHash), 0);
    return bytes;
  }

  /** A start of the tracker: what is banned before the database was reached. */
  private AccessLists start() {
    AccessControl access = new AccessControl(AccessLists.OPEN);
    new BanKeeper(access, file()).restore();
    return access.lists();
  }

  private void told(Ban... bans) {
    new BanKeeper(new AccessControl(AccessLists.OPEN), file()).replace(List.of(bans));
  }

  @Test
  void whatTheDatabaseSaidIsInForceAtTheNextStart() {
    told(ban(ONE, "naïve ☠ #1: “why”\nnot"), ban(TWO, ""));

    AccessLists lists = start();

    assertThat(lists.denies(bytes(ONE))).isTrue();
    assertThat(lists.denialReason(bytes(ONE))).isEqualTo("naïve ☠ #1: “why” not");
    assertThat(lists.denies(bytes(TWO))).isTrue();
    assertThat(lists.denialReason(bytes(TWO))).isNull();
    assertThat(lists.banned().size()).isEqualTo(2);
  }

  @Test
  void bansThatWereLiftedAreForgotten() {
    told(ban(ONE, ""), ban(TWO, ""));
    AccessControl access = new AccessControl(AccessLists.OPEN);
    BanKeeper keeper = new BanKeeper(access, file());
    keeper.restore();

    keeper.replace(List.of(ban(TWO, "")));
    assertThat(access.lists().denies(bytes(ONE))).isFalse();
    assertThat(start().banned().size()).isEqualTo(1);
    keeper.replace(List.of());

    assertThat(access.lists().denies(bytes(TWO))).isFalse();
    assertThat(start().banned().size()).isZero();
  }

  @Test
  void theSameBansAreNotWrittenAgain() throws IOException {
    told(ban(ONE, "a"));
    BanKeeper keeper = new BanKeeper(new AccessControl(AccessLists.OPEN), file());
    keeper.restore();
    Object before = fileKey();

    keeper.replace(List.of(ban(ONE, "a")));
    assertThat(fileKey()).isEqualTo(before);
    keeper.replace(List.of(ban(ONE, "b")));

    assertThat(fileKey()).isNotEqualTo(before);
    assertThat(start().denialReason(bytes(ONE))).isEqualTo("b");
  }

  private Object fileKey() throws IOException {
    return Files.readAttributes(path(), BasicFileAttributes.class).fileKey();
  }

  @Test
  void withoutBansThereIsNoFile() {
    told();

    assertThat(path()).doesNotExist();
    assertThat(start().banned().size()).isZero();
  }

  @Test
  void noDamageGoesUnnoticed() throws IOException {
    told(ban(ONE, "a reason"), ban(TWO, ""));
    byte[] whole = Files.readAllBytes(path());
    for (int length = 0; length < whole.length - 1; length++) {
      assertDamaged(Arrays.copyOf(whole, length));
    }
    for (int i = 0; i < whole.length - 1; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 1;
      assertDamaged(flipped);
    }
    assertDamaged((new String(whole, UTF_8) + TWO + "\n").getBytes(UTF_8));
  }

  private void assertDamaged(byte[] content) throws IOException {
    Files.write(path(), content);
    assertThatThrownBy(() -> file().read())
        .as("%s", new String(content, UTF_8))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aDamagedFileIsSetAsideWithAMessageAndWrittenAnew() throws IOException {
    Files.writeString(path(), "trakx bans 1\nrubbish\n");
    AccessControl access = new AccessControl(AccessLists.OPEN);
    BanKeeper keeper = new BanKeeper(access, file());

    try (LogLines log = new LogLines()) {
      keeper.restore();

      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN the file of bans is not usable, it has a line that is no ban")
          .contains("it is kept as " + path() + ".damaged-20260101T100000.000Z");
    }
    assertThat(path()).doesNotExist();
    assertThat(access.lists()).isSameAs(AccessLists.OPEN);
    keeper.replace(List.of(ban(ONE, "")));
    assertThat(start().denies(bytes(ONE))).isTrue();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void bansThatCannotBeKeptAreInForceAndToldOfOnce() throws IOException {
    // A directory in the place of the new file: root may write anywhere else.
    Files.createDirectories(directory.resolve("bans.unfinished/x"));
    AccessControl access = new AccessControl(AccessLists.OPEN);
    BanKeeper keeper = new BanKeeper(access, file());
    try (LogLines log = new LogLines()) {
      keeper.replace(List.of(ban(ONE, "")));
      keeper.replace(List.of(ban(TWO, "")));

      assertThat(log.lines().stream().filter(line -> line.startsWith("ERROR"))).hasSize(1);
    }
    assertThat(access.lists().denies(bytes(TWO))).isTrue();
  }

  @Test
  void hundredThousandsAreNoBurden() throws IOException {
    int count = 200_000;
    List<Ban> bans =
        IntStream.range(0, count)
            .mapToObj(i -> ban("%016x%024x".formatted(i * 0x9e3779b97f4a7c15L, i), "court order"))
            .toList();

    new BanKeeper(new AccessControl(AccessLists.OPEN), file()).replace(bans);

    assertThat(Files.size(path())).isLessThan(55L * count);
    assertThat(start().banned().size()).isEqualTo(count);
  }
}
