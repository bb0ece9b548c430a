package io.trakx.core.protocol;

/**
 * The peers of one family in an answer, packed in wire form, with their ids beside them.
 *
 * <pre>
 * compact  | address, port | address, port | ...   compactBytes each
 * ids      | peer id       | peer id       | ...   20 bytes each, only where asked for
 * </pre>
 *
 * <p>Mutable, reused, not thread-safe.
 */
public final class PeerList {
  private final AddressFamily family;
  private final byte[] compact;
  private final byte[] ids;
  private int size;

  PeerList(AddressFamily family, int maxPeers) {
    this.family = family;
    this.compact = new byte[maxPeers * family.compactBytes()];
    this.ids = new byte[maxPeers * Bytes20.BYTES];
  }

  void clear() {
    size = 0;
  }

  /**
   * Appends {@code count} peers.
   *
   * @param rows where peers lie packed, {@code addressOffset} the first one's place
   * @param idOffset where the first one's id lies in {@code rows}, or -1 to leave ids out
   */
  public void append(byte[] rows, int addressOffset, int idOffset, int count) {
    int compactBytes = family.compactBytes();
    System.arraycopy(rows, addressOffset, compact, size * compactBytes, count * compactBytes);
    if (idOffset >= 0) {
      System.arraycopy(rows, idOffset, ids, size * Bytes20.BYTES, count * Bytes20.BYTES);
    }
    size += count;
  }

  public AddressFamily family() {
    return family;
  }

  /** How many peers there are. */
  public int size() {
    return size;
  }

  /** The backing array of addresses and ports; the first {@link #compactLength()} bytes count. */
  public byte[] compact() {
    return compact;
  }

  /** How many bytes of {@link #compact()} count. */
  public int compactLength() {
    return size * family.compactBytes();
  }

  /** The backing array of ids, in the order of {@link #compact()}. */
  public byte[] ids() {
    return ids;
  }
}
