package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;

/**
 * A torrent and some of its peers, all of one family and role, in columns: the unit in which swarms
 * leave a store and enter one. Reused for the next; not thread-safe.
 *
 * <pre>
 * addresses  6 or 18 bytes each: address and port in wire form
 * ages       16 bits each: completed-once flag, minutes since last seen
 * ids        20 bytes each: peer id
 * </pre>
 */
public final class SwarmSlice {
  /** The most peers in a slice; a larger swarm has several. */
  public static final int MAX_PEERS = 4096;

  /** Bytes of an age with its flag. */
  public static final int AGE_BYTES = PeerRows.SEEN_BYTES;

  private final Bytes20 infoHash = new Bytes20();
  private final byte[] addresses = new byte[MAX_PEERS * AddressFamily.IPV6.compactBytes()];
  private final byte[] ages = new byte[MAX_PEERS * AGE_BYTES];
  private final byte[] ids = new byte[MAX_PEERS * Bytes20.BYTES];
  private int completed;
  private boolean stored;
  private AddressFamily family = AddressFamily.IPV4;
  private boolean seeder;
  private int size;

  /** The torrent's info-hash, to be read or set. */
  public Bytes20 infoHash() {
    return infoHash;
  }

  /** Completed downloads of the torrent, 0 or more. */
  public int completed() {
    return completed;
  }

  /** Whether a database has a row of the torrent. */
  public boolean stored() {
    return stored;
  }

  /** Sets what is known of the torrent. */
  public void torrent(int completed, boolean stored) {
    this.completed = completed;
    this.stored = stored;
  }

  /** The peers' family. */
  public AddressFamily family() {
    return family;
  }

  /** Whether the peers are seeders. */
  public boolean seeder() {
    return seeder;
  }

  /** How many peers there are, 0 to {@link #MAX_PEERS}; a torrent without peers has one of 0. */
  public int size() {
    return size;
  }

  /** Sets what peers there are. */
  public void peers(AddressFamily family, boolean seeder, int size) {
    this.family = family;
    this.seeder = seeder;
    this.size = size;
  }

  /** The addresses, from the first byte on. */
  public byte[] addresses() {
    return addresses;
  }

  /** The ages, from the first byte on. */
  public byte[] ages() {
    return ages;
  }

  /** The peer ids, from the first byte on. */
  public byte[] ids() {
    return ids;
  }

  /** Reads the {@code index}th peer's address with its port. */
  void readAddress(int index, PeerAddress target) {
    int offset = index * family.compactBytes();
    if (family == AddressFamily.IPV4) {
      target.ipv4(Bytes.getInt(addresses, offset));
    } else {
      target.ipv6(Bytes.getLong(addresses, offset), Bytes.getLong(addresses, offset + Long.BYTES));
    }
    target.port(Bytes.getChar(addresses, offset + family.addressBytes()));
  }

  /** How long ago the {@code index}th peer was seen, in minutes. */
  int age(int index) {
    return Bytes.getChar(ages, index * AGE_BYTES) & PeerRows.MINUTE_MASK;
  }

  /** The {@code index}th peer's completed-once flag, where a table has it. */
  int completedFlag(int index) {
    return Bytes.getChar(ages, index * AGE_BYTES) & PeerRows.COMPLETED_FLAG;
  }
}
