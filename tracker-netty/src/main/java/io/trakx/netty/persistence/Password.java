package io.trakx.netty.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the password for the database comes from. None of these tells it but to who asks for it.
 */
public sealed interface Password {

  /** The empty password. */
  static Password none() {
    return new Text("");
  }

  /** A password as it is. */
  static Password of(String text) {
    return new Text(text);
  }

  /** The first line of a file, read anew for each connection, so that it may be changed. */
  static Password inFile(Path file) {
    return new FirstLine(file);
  }

  /**
   * The password.
   *
   * @throws IOException if it cannot be read; the message names the file
   */
  String read() throws IOException;

  /** See {@link Password#of}. */
  record Text(String text) implements Password {
    @Override
    public String read() {
      return text;
    }

    @Override
    public String toString() {
      return text.isEmpty() ? "none" : "***";
    }
  }

  /** See {@link Password#inFile}. */
  record FirstLine(Path file) implements Password {
    @Override
    public String read() throws IOException {
      try {
        return Files.readString(file, UTF_8).lines().findFirst().orElse("");
      } catch (IOException e) {
        // Its own message may be a part of what the file holds.
        throw new IOException(
            "the password file " + file + " cannot be read: " + e.getClass().getSimpleName(), e);
      }
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }
}
