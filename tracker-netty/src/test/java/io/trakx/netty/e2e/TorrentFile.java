package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trakx.netty.testing.Bencode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;

/**
 * A torrent of one file (BEP 3), marked private (BEP 27): whoever takes part may ask its tracker
 * for peers and nobody else.
 *
 * @param path where the metainfo lies
 * @param infoHash the SHA-1 of the info dictionary, 20 bytes, a byte a character
 */
record TorrentFile(Path path, String infoHash) {
  private static final int PIECE_BYTES = 128 * 1024;

  /** Describes {@code content} in a file of its name and the suffix {@code .torrent} beside it. */
  static TorrentFile describe(Path content, URI announce) throws IOException {
    byte[] bytes = Files.readAllBytes(content);
    StringBuilder pieces = new StringBuilder();
    for (int start = 0; start < bytes.length; start += PIECE_BYTES) {
      int end = Math.min(start + PIECE_BYTES, bytes.length);
      pieces.append(sha1(Arrays.copyOfRange(bytes, start, end)));
    }
    String name = content.getFileName().toString();
    Map<String, Object> info =
        Map.of(
            "length",
            bytes.length,
            "name",
            name,
            "piece length",
            PIECE_BYTES,
            "pieces",
            pieces.toString(),
            "private",
            1);
    Path path = content.resolveSibling(name + ".torrent");
    Files.write(path, Bencode.encode(Map.of("announce", announce.toString(), "info", info)));
    return new TorrentFile(path, sha1(Bencode.encode(info)));
  }

  /** The info-hash with every byte percent-encoded. */
  String infoHashInUrl() {
    StringBuilder url = new StringBuilder();
    infoHash.chars().forEach(octet -> url.append("%%%02x".formatted(octet)));
    return url.toString();
  }

  private static String sha1(byte[] bytes) {
    try {
      return new String(MessageDigest.getInstance("SHA-1").digest(bytes), ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has SHA-1.
    }
  }
}
