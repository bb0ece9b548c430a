package io.trakx.netty.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with what PEM (RFC 7468) packs: blocks of Base64 between lines that name their kind. */
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)(-----END \\1-----)?");

  private final List<Block> blocks;

  private record Block(String kind, String base64, boolean whole) {
    byte[] bytes() {
      if (!whole) {
        throw new IllegalArgumentException("a block without an end");
      }
      return Base64.getMimeDecoder().decode(base64);
    }
  }

  private PemText(List<Block> blocks) {
    this.blocks = blocks;
  }

  static PemText of(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3) != null));
    }
    return new PemText(blocks);
  }

  boolean has(String kind) {
    return blocks.stream().anyMatch(block -> block.kind().equals(kind));
  }

  /**
   * What the blocks of a kind hold.
   *
   * @throws IllegalArgumentException if one does not end, or is not Base64
   */
  List<byte[]> all(String kind) {
    return blocks.stream().filter(block -> block.kind().equals(kind)).map(Block::bytes).toList();
  }

  /** The first of {@link #all}. */
  Optional<byte[]> first(String kind) {
    return blocks.stream().filter(block -> block.kind().equals(kind)).map(Block::bytes).findFirst();
  }
}
