package io.trakx.core.access;

import io.trakx.core.protocol.Bytes20;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of info-hashes, each with an optional reason. Immutable; asking makes no garbage.
 *
 * <pre>
 * # a comment
 * 0123456789abcdef0123456789abcdef01234567
 * 89abcdef0123456789abcdef0123456789abcdef why it is listed   # another comment
 * </pre>
 *
 * <p>Held as a hash table by linear probing, at most half full: 20 bytes of info-hash a row and the
 * reason beside it.
 */
public final class InfoHashList {
  /** The list of nothing. */
  public static final InfoHashList EMPTY = new Builder().build();

  /** The longest reason kept, in characters; the rest is cut off. */
  public static final int MAX_REASON_LENGTH = 200;

  /** What would break a line or steer a terminal, in ASCII or beyond. */
  static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private static final int HEX_DIGITS = 2 * Bytes20.BYTES;
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private final long[] highs;
  private final long[] middles;
  private final int[] lows;
  private final @Nullable String[] reasons;
  private final boolean[] taken;
  private final int shift;
  private final int size;

  private InfoHashList(List<Entry> entries) {
    int capacity = Math.max(2, Integer.highestOneBit(Math.max(1, entries.size())) * 4);
    highs = new long[capacity];
    middles = new long[capacity];
    lows = new int[capacity];
    reasons = new @Nullable String[capacity];
    taken = new boolean[capacity];
    shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    int added = 0;
    for (Entry entry : entries) {
      int row = row(entry.infoHash);
      if (!taken[row]) {
        added++;
      }
      taken[row] = true;
      highs[row] = entry.infoHash.high();
      middles[row] = entry.infoHash.middle();
      lows[row] = entry.infoHash.low();
      reasons[row] = entry.reason;
    }
    size = added;
  }

  /**
   * Reads a list from its lines.
   *
   * @throws InvalidListException naming every line that is none
   */
  public static InfoHashList parse(List<String> lines) throws InvalidListException {
    Builder list = new Builder();
    InvalidListException.Problems problems = new InvalidListException.Problems();
    for (int i = 0; i < lines.size(); i++) {
      String line = withoutComment(lines.get(i)).strip();
      if (line.isEmpty()) {
        continue;
      }
      Bytes20 infoHash = parseInfoHash(line);
      if (infoHash == null) {
        problems.add(i + 1, line);
      } else {
        list.add(infoHash, line.substring(HEX_DIGITS));
      }
    }
    problems.throwIfAny();
    return list.build();
  }

  /** Collects a list's entries. For one thread. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Adds an entry, or replaces what was added for the same info-hash.
     *
     * @param infoHash copied
     * @param reason why it is listed, made one line and bounded; null or blank if nobody said
     */
    public Builder add(Bytes20 infoHash, @Nullable String reason) {
      Bytes20 copy = new Bytes20();
      copy.set(infoHash.high(), infoHash.middle(), infoHash.low());
      entries.add(new Entry(copy, reason == null ? null : cleanReason(reason)));
      return this;
    }

    /** The list of what was added so far. */
    public InfoHashList build() {
      return new InfoHashList(entries);
    }
  }

  /** Whether the list names this info-hash. */
  public boolean contains(Bytes20 infoHash) {
    return taken[row(infoHash)];
  }

  /** Why this info-hash is listed, or null if it is not or nobody said. */
  public @Nullable String reason(Bytes20 infoHash) {
    return reasons[row(infoHash)];
  }

  /** How many different info-hashes the list names. */
  public int size() {
    return size;
  }

  /** The row of an info-hash, or the free row where it would be. */
  private int row(Bytes20 infoHash) {
    int row = (int) (((infoHash.high() ^ infoHash.middle()) * GOLDEN_RATIO) >>> shift);
    while (taken[row] && !matches(row, infoHash)) {
      row = (row + 1) & (taken.length - 1);
    }
    return row;
  }

  private boolean matches(int row, Bytes20 infoHash) {
    return highs[row] == infoHash.high()
        && middles[row] == infoHash.middle()
        && lows[row] == infoHash.low();
  }

  private static String withoutComment(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      if (i == 0 || Character.isWhitespace(line.charAt(i - 1))) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private static @Nullable Bytes20 parseInfoHash(String line) {
    boolean ends =
        line.length() == HEX_DIGITS
            || (line.length() > HEX_DIGITS && Character.isWhitespace(line.charAt(HEX_DIGITS)));
    if (!ends || !line.chars().limit(HEX_DIGITS).allMatch(HexFormat::isHexDigit)) {
      return null;
    }
    Bytes20 infoHash = new Bytes20();
    infoHash.read(HexFormat.of().parseHex(line, 0, HEX_DIGITS), 0);
    return infoHash;
  }

  /** A reason fit to be sent and shown: one line, no control characters, bounded; null if empty. */
  public static @Nullable String cleanReason(String text) {
    String line = CONTROLS.matcher(text).replaceAll(" ").strip();
    if (line.isEmpty()) {
      return null;
    }
    int end =
        line.offsetByCodePoints(
            0, Math.min(MAX_REASON_LENGTH, line.codePointCount(0, line.length())));
    return line.substring(0, end);
  }

  private record Entry(Bytes20 infoHash, @Nullable String reason) {}
}
