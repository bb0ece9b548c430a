package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.protocol.Bytes20;
import io.trakx.netty.testing.LogLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessWatchTest {
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);

  @TempDir Path directory;
  private final AccessControl control = new AccessControl(AccessLists.OPEN);

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static AccessWatch watch(AccessControl control, AccessFiles files) {
    return new AccessWatch(control, files, files.stamps());
  }

  private boolean permits(String infoHash) {
    Bytes20 bytes = new Bytes20();
    bytes.read(HexFormat.of().parseHex(infoHash), 0);
    return control.lists().permits(bytes);
  }

  @Test
  void changedFileIsReadByTheNextPoll() throws IOException {
    Path denied = write("denied", "");
    AccessWatch watch = watch(control, new AccessFiles(List.of(denied), List.of()));

    watch.poll();
    assertThat(permits(ONE)).isTrue();
    write("denied", ONE + " a reason\n");
    watch.poll();

    assertThat(permits(ONE)).isFalse();
    assertThat(permits(TWO)).isTrue();
  }

  @Test
  void unchangedFileIsNotRead() throws IOException {
    AccessFiles files = new AccessFiles(List.of(write("denied", ONE)), List.of());

    watch(control, files).poll();

    assertThat(control.lists()).isSameAs(AccessLists.OPEN);
  }

  @Test
  void brokenOrMissingFileLeavesTheOldListsInForce() throws IOException {
    Path denied = write("denied", ONE);
    AccessWatch watch = watch(control, new AccessFiles(List.of(denied), List.of()));
    watch.reload();

    assertThat(watch.trouble()).isEmpty();
    write("denied", "no hash\n");
    watch.poll();
    assertThat(permits(ONE)).isFalse();
    assertThat(watch.trouble()).get().asString().contains("old lists", denied.toString(), "line 1");
    Files.delete(denied);
    watch.poll();
    assertThat(permits(ONE)).isFalse();
    assertThat(watch.trouble()).get().asString().contains("there is no such file");

    write("denied", TWO);
    watch.poll();
    assertThat(watch.trouble()).isEmpty();
    assertThat(permits(ONE)).isTrue();
    assertThat(permits(TWO)).isFalse();
  }

  @Test
  void fileThatCouldNotBeReadIsTriedAgainThoughNothingShowsThatItChanged() throws IOException {
    Path denied = write("denied", "");
    AccessFiles files = new AccessFiles(List.of(denied), List.of());
    AccessWatch watch = watch(control, files);
    write("denied", "x".repeat(ONE.length()));
    watch.poll();
    List<String> stamps = files.stamps();

    // What a chmod does to a file, for tests that may be root's: other content, the same stamp.
    FileTime time = Files.getLastModifiedTime(denied);
    write("denied", ONE);
    Files.setLastModifiedTime(denied, time);
    assertThat(files.stamps()).isEqualTo(stamps);
    watch.poll();

    assertThat(permits(ONE)).isFalse();
  }

  @Test
  void failureIsLoggedOnceForEachCauseAndAgainForWhoAsks() throws IOException {
    Path denied = write("denied", "no hash\n");
    AccessWatch watch = watch(control, new AccessFiles(List.of(denied), List.of()));

    try (LogLines log = new LogLines()) {
      watch.reload();
      watch.poll();
      watch.poll();
      assertThat(log.lines()).hasSize(1).first().asString().contains("line 1");
      Files.delete(denied);
      watch.poll();
      watch.poll();
      assertThat(log.lines()).hasSize(2).last().asString().contains("there is no such file");
      watch.reload();
      assertThat(log.lines()).hasSize(3).last().asString().startsWith("ERROR");
      write("denied", ONE);
      watch.poll();
      watch.poll();
      assertThat(log.lines()).hasSize(4).last().asString().startsWith("INFO lists read");
    }
  }

  @Test
  void otherFilesAreWatchedFromAReloadOn() throws IOException {
    AccessWatch watch = watch(control, new AccessFiles(List.of(), List.of()));
    Path allowed = write("allowed", ONE);

    watch.reload(new AccessFiles(List.of(), List.of(allowed)));
    assertThat(permits(TWO)).isFalse();
    write("allowed", ONE + "\n" + TWO);
    watch.poll();

    assertThat(permits(TWO)).isTrue();
  }

  @Test
  void severalFilesMakeOneListAndEachIsNamedInItsErrors() throws IOException {
    Path one = write("one", ONE);
    Path two = write("two", TWO + "\n\nbad\n");

    assertThatThrownBy(() -> new AccessFiles(List.of(one, two), List.of()).read())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(two + ": ")
        .hasMessageContaining("line 3");
    write("two", TWO);
    assertThat(new AccessFiles(List.of(one, two), List.of()).read().denied().size()).isEqualTo(2);
  }

  @Test
  void fileThatIsNoTextIsTold() throws IOException {
    Path file = directory.resolve("latin1");
    Files.write(file, "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> AccessFiles.read(file)).hasMessage(file + ": is not UTF-8");
  }
}
