package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path directory;

  @Test
  void directoryIsMadeAndKeptFromOthersUntilItIsClosed() throws IOException {
    Path path = directory.resolve("a/b");

    try (DataDirectory ours = DataDirectory.open(path)) {
      assertThat(ours.path()).isDirectory();
      assertThatThrownBy(() -> DataDirectory.open(path))
          .isInstanceOf(IOException.class)
          .hasMessage("data.directory, " + path + " is in use by another tracker");
    }

    DataDirectory.open(path).close();
  }

  @Test
  void whatIsNoDirectoryIsTold() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("data.directory, " + file + " cannot be written: ");
  }
}
