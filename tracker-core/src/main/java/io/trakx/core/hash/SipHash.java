package io.trakx.core.hash;

/**
 * SipHash-1-3, a keyed hash for short inputs (Aumasson, Bernstein: "SipHash: a fast short-input
 * PRF", 2012), specialised to the few sizes hashed here.
 *
 * <p>Clients choose info-hashes, addresses and ports; without the key they cannot choose where
 * these fall in a table, nor tell what anybody else's address hashes to. Inputs are given as the
 * algorithm's 64-bit words; the last word holds the input's remaining bytes and, in its top byte,
 * the input's length. Immutable.
 */
public final class SipHash {
  private final long key0;
  private final long key1;

  /** A hash with a key of 128 bits, which nobody else may know. */
  public SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /**
   * The last word of an input of {@code lengthBytes} whose last, incomplete word is {@code tail}.
   */
  public static long lastWord(int lengthBytes, long tail) {
    return ((long) lengthBytes << 56) | tail;
  }

  /** Hashes an input of less than eight bytes. */
  public long hash(long last) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    return absorbLast(v0, v1, v2, v3, last);
  }

  /** Hashes an input of sixteen to twenty-three bytes. */
  public long hash(long word0, long word1, long last) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;

    v3 ^= word0;
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
    v0 ^= word0;

    v3 ^= word1;
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
    v0 ^= word1;

    return absorbLast(v0, v1, v2, v3, last);
  }

  /** Takes in the last word (one round) and finishes (three rounds). */
  private static long absorbLast(long v0, long v1, long v2, long v3, long last) {
    v3 ^= last;
    for (int round = 0; round < 4; round++) {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
      if (round == 0) {
        v0 ^= last;
        v2 ^= 0xff;
      }
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
