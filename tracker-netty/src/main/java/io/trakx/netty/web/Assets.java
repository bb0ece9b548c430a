package io.trakx.netty.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The files that pages refer to, out of the program's own jar, each at an address with its hash, so
 * that browsers may keep it for ever. Immutable.
 */
final class Assets {
  /** What their addresses begin with. */
  static final String PREFIX = "/assets/";

  private static final int HASH_BYTES = 8;

  private final Map<File, String> addresses = new HashMap<>();
  private final Map<String, Content> contents = new HashMap<>();
  private final String icon =
      new String(read(File.ICON.resource), UTF_8)
          .strip()
          .replace("<svg ", "<svg width=\"32\" height=\"32\" aria-hidden=\"true\" ");

  /** Reads them all; takes some milliseconds. */
  Assets() {
    for (File file : File.values()) {
      byte[] bytes = read(file.resource);
      String hash = HexFormat.of().formatHex(sha256(bytes), 0, HASH_BYTES);
      String address = PREFIX + file.name + "-" + hash + file.extension;
      addresses.put(file, address);
      contents.put(address, new Content(Body.lasting(file.contentType, hash, bytes)));
    }
  }

  /** One of them. */
  enum File {
    STYLE("trakx.css", "trakx", ".css", "text/css; charset=utf-8"),
    SCRIPT("trakx.js", "trakx", ".js", "text/javascript; charset=utf-8"),
    CHARTS("chartjs/chart.umd.min.js", "chart", ".js", "text/javascript; charset=utf-8"),
    ICON("icon.svg", "icon", ".svg", "image/svg+xml");

    private final String resource;
    private final String name;
    private final String extension;
    private final String contentType;

    File(String resource, String name, String extension, String contentType) {
      this.resource = resource;
      this.name = name;
      this.extension = extension;
      this.contentType = contentType;
    }
  }

  /** Where a file is. */
  String address(File file) {
    return addresses.getOrDefault(file, PREFIX);
  }

  /** The icon to stand in a page itself, which saves a request. */
  String icon() {
    return icon;
  }

  /** What is at an address. */
  Optional<Content> at(String address) {
    return Optional.ofNullable(contents.get(address));
  }

  private static byte[] read(String resource) {
    try (InputStream stream = Assets.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its file " + resource);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the program's file " + resource + " cannot be read", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
