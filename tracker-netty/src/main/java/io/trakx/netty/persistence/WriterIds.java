package io.trakx.netty.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The name of a tracker in databases, which its data directory keeps over restarts. */
public final class WriterIds {
  private static final String FILE = "writer-id";

  private WriterIds() {}

  /**
   * The name in {@code dataDirectory}, made up the first time.
   *
   * @throws IOException if there is something else, or nothing can be written; the message names
   *     the file
   */
  public static UUID readOrCreate(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    if (Files.exists(file)) {
      String text = Files.readString(file, US_ASCII).strip();
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " holds no UUID; remove it to begin as a new tracker", e);
      }
    }
    UUID made = UUID.randomUUID();
    Files.createDirectories(dataDirectory);
    Files.writeString(file, made + "\n", US_ASCII);
    return made;
  }
}
