package io.trakx.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Bytes20Test {
  @Property
  void writesWhatItReadAtAnyOffset(
      @ForAll @Size(20) byte[] bytes,
      @ForAll @IntRange(max = 9) int from,
      @ForAll @IntRange(max = 9) int to) {
    byte[] source = new byte[Bytes20.BYTES + 9];
    System.arraycopy(bytes, 0, source, from, bytes.length);
    byte[] target = new byte[Bytes20.BYTES + 9];
    Bytes20 value = new Bytes20();
    value.read(source, from);
    value.write(target, to);
    assertThat(Arrays.copyOfRange(target, to, to + Bytes20.BYTES)).isEqualTo(bytes);
    Arrays.fill(target, to, to + Bytes20.BYTES, (byte) 0);
    assertThat(target).as("bytes beside it").containsOnly(0);
    assertThat(value).hasToString(HexFormat.of().formatHex(bytes));
  }

  @Property
  void wordsAreOrderedAsTheBytesAre(@ForAll @Size(20) byte[] one, @ForAll @Size(20) byte[] other) {
    assertThat(Integer.signum(compare(value(one), value(other))))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
  }

  @Test
  void holdsItsBytesInThreeBigEndianWords() {
    byte[] bytes = new byte[Bytes20.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    Bytes20 value = value(bytes);
    assertThat(value.high()).isEqualTo(0x0102030405060708L);
    assertThat(value.middle()).isEqualTo(0x090a0b0c0d0e0f10L);
    assertThat(value.low()).isEqualTo(0x11121314);
  }

  @Test
  void refusesAnArrayThatEndsTooSoon() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new Bytes20().read(new byte[20], 1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new Bytes20().write(new byte[19], 0));
  }

  private static Bytes20 value(byte[] bytes) {
    Bytes20 value = new Bytes20();
    value.read(bytes, 0);
    return value;
  }

  private static int compare(Bytes20 one, Bytes20 other) {
    int high = Long.compareUnsigned(one.high(), other.high());
    int middle = Long.compareUnsigned(one.middle(), other.middle());
    return high != 0
        ? high
        : middle != 0 ? middle : Integer.compareUnsigned(one.low(), other.low());
  }
}
