package io.trakx.netty.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** What tells whether a file has changed, without reading it. */
final class FileStamp {
  private FileStamp() {}

  /**
   * Time, size and identity of a file, also of one behind symbolic links. A file that is not there
   * has a stamp, too.
   */
  static String of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s %d %s"
          .formatted(
              attributes.lastModifiedTime(),
              attributes.size(),
              Objects.toString(attributes.fileKey()));
    } catch (IOException e) {
      return "absent";
    }
  }
}
