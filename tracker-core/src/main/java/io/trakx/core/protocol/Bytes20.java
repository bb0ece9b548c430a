package io.trakx.core.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Twenty bytes, the size of an info-hash and of a peer id (BEP 3), held in three machine words.
 *
 * <pre>
 * byte   0        8        16    20
 *        | high   | middle | low |
 * </pre>
 *
 * <p>Words are big-endian, so their unsigned order is the order of the bytes. Mutable, not
 * thread-safe.
 */
public final class Bytes20 {
  /** How many bytes there are. */
  public static final int BYTES = 20;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private long high;
  private long middle;
  private int low;

  /** Takes the 20 bytes of {@code source} that begin at {@code offset}. */
  public void read(byte[] source, int offset) {
    set(
        (long) LONG.get(source, offset),
        (long) LONG.get(source, offset + Long.BYTES),
        (int) INT.get(source, offset + 2 * Long.BYTES));
  }

  /** Writes the 20 bytes to {@code target} from {@code offset} on. */
  public void write(byte[] target, int offset) {
    LONG.set(target, offset, high);
    LONG.set(target, offset + Long.BYTES, middle);
    INT.set(target, offset + 2 * Long.BYTES, low);
  }

  /** Sets the three words. */
  public void set(long high, long middle, int low) {
    this.high = high;
    this.middle = middle;
    this.low = low;
  }

  /** Bytes 0 to 7. */
  public long high() {
    return high;
  }

  /** Bytes 8 to 15. */
  public long middle() {
    return middle;
  }

  /** Bytes 16 to 19. */
  public int low() {
    return low;
  }

  /** The bytes as 40 lower-case hexadecimal digits; for logs and tests, allocates. */
  @Override
  public String toString() {
    byte[] bytes = new byte[BYTES];
    write(bytes, 0);
    return HexFormat.of().formatHex(bytes);
  }
}
