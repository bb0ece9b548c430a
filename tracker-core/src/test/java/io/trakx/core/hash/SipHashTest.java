package io.trakx.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** {@link SipHash} against the algorithm as its authors wrote it down, itself checked first. */
class SipHashTest {
  /** The key of all published vectors: the bytes 0 to 15. */
  private static final long KEY0 = 0x0706050403020100L;

  private static final long KEY1 = 0x0f0e0d0c0b0a0908L;

  @Example
  void referenceGivesThePapersVector() {
    // Appendix A of the paper: SipHash-2-4 of the bytes 0 to 14.
    assertThat(reference(2, 4, KEY0, KEY1, counting(15))).isEqualTo(0xa129ca6149be45e5L);
  }

  @Example
  void referenceGivesThePublishedVectorOfOneAndThreeRounds() {
    // The first of the vectors that come with Rust's standard library: of no bytes.
    assertThat(reference(1, 3, KEY0, KEY1, counting(0))).isEqualTo(0xabac0158050fc4dcL);
  }

  @Property
  void hashesShortInputsAsTheReference(
      @ForAll long key0, @ForAll long key1, @ForAll @Size(max = 7) byte[] input) {
    assertThat(new SipHash(key0, key1).hash(SipHash.lastWord(input.length, word(input, 0))))
        .isEqualTo(reference(1, 3, key0, key1, input));
  }

  @Property
  void hashesInputsOfTwoWordsAndMoreAsTheReference(
      @ForAll long key0, @ForAll long key1, @ForAll @Size(min = 16, max = 23) byte[] input) {
    SipHash sipHash = new SipHash(key0, key1);
    long last = SipHash.lastWord(input.length, word(input, 16));
    assertThat(sipHash.hash(word(input, 0), word(input, 8), last))
        .isEqualTo(reference(1, 3, key0, key1, input));
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** The little-endian word at {@code from}, short of bytes that are not there. */
  private static long word(byte[] input, int from) {
    byte[] bytes = Arrays.copyOf(Arrays.copyOfRange(input, from, input.length), Long.BYTES);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static long reference(
      int compressionRounds, int finalizationRounds, long key0, long key1, byte[] input) {
    long[] v = {
      key0 ^ 0x736f6d6570736575L,
      key1 ^ 0x646f72616e646f6dL,
      key0 ^ 0x6c7967656e657261L,
      key1 ^ 0x7465646279746573L
    };
    for (int i = 0; i <= input.length / 8; i++) {
      long word = word(input, 8 * i);
      if (i == input.length / 8) {
        word |= (long) input.length << 56;
      }
      v[3] ^= word;
      rounds(v, compressionRounds);
      v[0] ^= word;
    }
    v[2] ^= 0xff;
    rounds(v, finalizationRounds);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void rounds(long[] v, int rounds) {
    for (int i = 0; i < rounds; i++) {
      v[0] += v[1];
      v[1] = Long.rotateLeft(v[1], 13);
      v[1] ^= v[0];
      v[0] = Long.rotateLeft(v[0], 32);
      v[2] += v[3];
      v[3] = Long.rotateLeft(v[3], 16);
      v[3] ^= v[2];
      v[0] += v[3];
      v[3] = Long.rotateLeft(v[3], 21);
      v[3] ^= v[0];
      v[2] += v[1];
      v[1] = Long.rotateLeft(v[1], 17);
      v[1] ^= v[2];
      v[2] = Long.rotateLeft(v[2], 32);
    }
  }
}
