package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of one connection that arrived and could not be decoded yet. Holds no memory while
 * empty, which is the rule: most requests arrive whole.
 */
final class Cumulation {
  private static final byte[] NONE = {};
  private static final int INITIAL_BYTES = 512;

  private byte[] bytes = NONE;
  private int from;
  private int to;

  boolean isEmpty() {
    return from == to;
  }

  int size() {
    return to - from;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Takes all readable bytes of {@code in}. */
  void append(ByteBuf in) {
    int length = in.readableBytes();
    reserve(length);
    in.readBytes(bytes, to, length);
    to += length;
  }

  /** Takes the bytes from {@code begin} to {@code end} of {@code source}. */
  void append(byte[] source, int begin, int end) {
    reserve(end - begin);
    System.arraycopy(source, begin, bytes, to, end - begin);
    to += end - begin;
  }

  /** Forgets the first {@code length} bytes. */
  void discard(int length) {
    from += length;
    if (from == to) {
      clear();
    }
  }

  void clear() {
    bytes = NONE;
    from = 0;
    to = 0;
  }

  private void reserve(int length) {
    if (bytes.length - to >= length) {
      return;
    }
    int needed = size() + length;
    byte[] target =
        needed <= bytes.length / 2
            ? bytes
            : new byte[Math.max(INITIAL_BYTES, Math.max(needed, 2 * size()))];
    System.arraycopy(bytes, from, target, 0, size());
    bytes = target;
    to = size();
    from = 0;
  }
}
