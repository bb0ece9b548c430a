package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trakx.core.access.AccessLists;
import io.trakx.core.access.InfoHashList;
import io.trakx.core.access.InvalidListException;
import io.trakx.netty.config.TrakxConfig;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of deny list and allow list. Immutable. */
record AccessFiles(List<Path> denylist, List<Path> allowlist) {

  static AccessFiles of(TrakxConfig.Access access) {
    return new AccessFiles(access.denylist(), access.allowlist());
  }

  /**
   * Reads all files.
   *
   * @throws IOException if one cannot be read or has lines that are none; the message is one line
   *     that names it
   */
  AccessLists read() throws IOException {
    return new AccessLists(readAll(denylist), allowlist.isEmpty() ? null : readAll(allowlist));
  }

  /** Reads one file. */
  static InfoHashList read(Path file) throws IOException {
    return parse(file, lines(file));
  }

  /**
   * What tells whether a file has changed since: its time, size and identity. Files that are not
   * there count, too.
   */
  List<String> stamps() {
    return Stream.concat(denylist.stream(), allowlist.stream()).map(FileStamp::of).toList();
  }

  private static InfoHashList readAll(List<Path> files) throws IOException {
    List<String> all = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = lines(file);
      if (files.size() > 1) {
        // Only for its message, which names the file and the line in it.
        var _ = parse(file, lines);
      }
      all.addAll(lines);
    }
    return files.isEmpty() ? InfoHashList.EMPTY : parse(files.getFirst(), all);
  }

  private static InfoHashList parse(Path file, List<String> lines) throws IOException {
    try {
      return InfoHashList.parse(lines);
    } catch (InvalidListException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8", e);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read, " + e.getMessage(), e);
    }
  }
}
