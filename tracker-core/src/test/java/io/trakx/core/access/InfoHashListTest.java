package io.trakx.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trakx.core.protocol.Bytes20;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InfoHashListTest {
  private static final String ONE = "0123456789abcdef0123456789abcdef01234567";
  private static final String TWO = "89abcdef0123456789abcdef0123456789abcdef";

  @Test
  void readsHashesReasonsAndComments() throws Exception {
    InfoHashList list =
        InfoHashList.parse(
            List.of(
                "# a comment",
                "",
                "   \t",
                ONE,
                "  " + TWO.toUpperCase(Locale.ROOT) + "\twhy  it is  listed # or so"));
    assertThat(list.size()).isEqualTo(2);
    assertThat(list.contains(hash(ONE))).isTrue();
    assertThat(list.reason(hash(ONE))).isNull();
    assertThat(list.contains(hash(TWO))).isTrue();
    assertThat(list.reason(hash(TWO))).isEqualTo("why  it is  listed");
    assertThat(list.contains(hash("0".repeat(40)))).isFalse();
    assertThat(list.reason(hash("0".repeat(40)))).isNull();
  }

  @Test
  void takesEntriesOneByOne() {
    Bytes20 infoHash = hash(ONE);
    InfoHashList.Builder builder =
        new InfoHashList.Builder().add(infoHash, "an old reason").add(infoHash, " a\nnew # one ");
    infoHash.set(0, 0, 0);
    InfoHashList list = builder.add(hash(TWO), null).build();
    assertThat(list.size()).isEqualTo(2);
    assertThat(list.reason(hash(ONE))).isEqualTo("a new # one");
    assertThat(list.contains(hash(TWO))).isTrue();
    assertThat(list.reason(hash(TWO))).isNull();
    assertThat(list.contains(infoHash)).isFalse();
  }

  @Test
  void takesAHashMarkWithinAWordForItself() throws Exception {
    assertThat(reasonOf(ONE + " case#17")).isEqualTo("case#17");
    assertThat(reasonOf(ONE + " case #17")).isEqualTo("case");
    assertThat(reasonOf(ONE + "\t#17")).isEqualTo("null");
  }

  @Test
  void listsNothingWhenEmpty() throws Exception {
    assertThat(InfoHashList.EMPTY.size()).isZero();
    assertThat(InfoHashList.EMPTY.contains(hash("0".repeat(40)))).isFalse();
    assertThat(InfoHashList.parse(List.of()).contains(hash(ONE))).isFalse();
  }

  @Test
  void namesEveryBadLineWithItsNumber() {
    List<String> lines =
        List.of(
            ONE,
            "not a hash",
            "# fine",
            ONE.substring(1),
            ONE + "0",
            ONE.replace('0', 'g'),
            ONE + "# too close",
            "\ufeff" + ONE);
    assertThatExceptionOfType(InvalidListException.class)
        .isThrownBy(() -> InfoHashList.parse(lines))
        .withMessageContainingAll(
            "40 hexadecimal digits",
            "line 2: 'not a hash'",
            "line 4: '",
            "line 5: '",
            "line 6: '",
            "line 7: '",
            "line 8: '")
        .withMessageNotContaining("line 1:")
        .withMessageNotContaining("line 3:");
  }

  @Test
  void boundsWhatItSaysOfBadLines() {
    List<String> lines = Collections.nCopies(1_000_000, "x".repeat(100));
    assertThatExceptionOfType(InvalidListException.class)
        .isThrownBy(() -> InfoHashList.parse(lines))
        .withMessageContaining("line 10:")
        .withMessageContaining("and 999990 more")
        .satisfies(problem -> assertThat(problem.getMessage()).hasSizeLessThan(1500));
  }

  @Test
  void lendsNoControlCharactersToLogsAndAnswers() throws Exception {
    String controls = "\u0000\u001b\u0007\u007f\u0085\u009b\u2028\u2029";
    assertThat(reasonOf(ONE + " a" + controls + "b")).isEqualTo("a        b");
    assertThatExceptionOfType(InvalidListException.class)
        .isThrownBy(() -> InfoHashList.parse(List.of("a" + controls + "b")))
        .withMessageContaining("'a????????b'");
  }

  @Test
  void boundsReasonsWithoutCuttingACharacterInTwo() throws Exception {
    String smile = Character.toString(0x1f600);
    String reason = reasonOf(ONE + " " + smile.repeat(InfoHashList.MAX_REASON_LENGTH + 1));
    assertThat(reason).isEqualTo(smile.repeat(InfoHashList.MAX_REASON_LENGTH));
  }

  @Test
  void keepsTheLastOfRepeatedLines() throws Exception {
    InfoHashList list = InfoHashList.parse(List.of(ONE + " first", TWO, ONE + " second"));
    assertThat(list.size()).isEqualTo(2);
    assertThat(list.reason(hash(ONE))).isEqualTo("second");
  }

  @Property(tries = 200)
  void holdsWhatAMapHolds(
      @ForAll @Size(max = 300) List<@IntRange(max = 400) Integer> numbers,
      @ForAll @IntRange(max = 2) int word)
      throws Exception {
    Map<String, String> expected = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (int number : numbers) {
      String reason = "reason " + lines.size();
      expected.put(inWord(number, word), reason);
      lines.add(inWord(number, word) + " " + reason);
    }
    InfoHashList list = InfoHashList.parse(lines);
    assertThat(list.size()).isEqualTo(expected.size());
    for (int number = 0; number <= 400; number++) {
      String hex = inWord(number, word);
      assertThat(list.contains(hash(hex))).isEqualTo(expected.containsKey(hex));
      assertThat(list.reason(hash(hex))).isEqualTo(expected.get(hex));
    }
  }

  /** Hashes that differ in the high, the middle or the low word only. */
  private static String inWord(int number, int word) {
    Bytes20 hash = new Bytes20();
    hash.set(word == 0 ? number : 0, word == 1 ? number : 0, word == 2 ? number : 0);
    return hash.toString();
  }

  private static String reasonOf(String line) throws InvalidListException {
    return String.valueOf(InfoHashList.parse(List.of(line)).reason(hash(ONE)));
  }

  private static Bytes20 hash(String hex) {
    Bytes20 hash = new Bytes20();
    hash.read(HexFormat.of().parseHex(hex), 0);
    return hash;
  }
}
