package io.trakx.core.protocol;

/**
 * One announce as a transport decoded it (BEP 3, 7, 15, 21, 23, 24).
 *
 * <p>Mutable and reused: {@link #reset()} before each decoding. Not thread-safe.
 */
public final class AnnounceRequest {
  /** {@link #numwant()} of a client that did not say how many peers it wants. */
  public static final int NUMWANT_DEFAULT = -1;

  /** {@link #left()} of a client that did not say how much it lacks; such a client is a leecher. */
  public static final long LEFT_UNKNOWN = -1;

  private final Bytes20 infoHash = new Bytes20();
  private final Bytes20 peerId = new Bytes20();
  private final PeerAddress address = new PeerAddress();
  private AnnounceEvent event = AnnounceEvent.NONE;
  private long uploaded;
  private long downloaded;
  private long left = LEFT_UNKNOWN;
  private int numwant = NUMWANT_DEFAULT;
  private boolean compact = true;
  private boolean withPeerIds;
  private boolean bothFamilies = true;

  /** Sets every field that a client may leave out to its default; hashes and address stay. */
  public void reset() {
    event = AnnounceEvent.NONE;
    uploaded = 0;
    downloaded = 0;
    left = LEFT_UNKNOWN;
    numwant = NUMWANT_DEFAULT;
    compact = true;
    withPeerIds = false;
    bothFamilies = true;
    address.port(0);
  }

  /** The torrent; written in place by the decoder. */
  public Bytes20 infoHash() {
    return infoHash;
  }

  /** The client's name for itself; written in place by the decoder. */
  public Bytes20 peerId() {
    return peerId;
  }

  /** Where the client listens; written in place by the transport. Port 0: not said. */
  public PeerAddress address() {
    return address;
  }

  public AnnounceEvent event() {
    return event;
  }

  public void event(AnnounceEvent event) {
    this.event = event;
  }

  /** Bytes uploaded, saturated at {@link Long#MAX_VALUE}. */
  public long uploaded() {
    return uploaded;
  }

  public void uploaded(long bytes) {
    this.uploaded = bytes;
  }

  /** Bytes downloaded, saturated at {@link Long#MAX_VALUE}. */
  public long downloaded() {
    return downloaded;
  }

  public void downloaded(long bytes) {
    this.downloaded = bytes;
  }

  /** Bytes still lacking, saturated at {@link Long#MAX_VALUE}, or {@link #LEFT_UNKNOWN}. */
  public long left() {
    return left;
  }

  public void left(long bytes) {
    this.left = bytes;
  }

  /** How many peers the client wants, 0 or more, or {@link #NUMWANT_DEFAULT}. */
  public int numwant() {
    return numwant;
  }

  public void numwant(int numwant) {
    this.numwant = numwant;
  }

  /** Whether the answer lists peers in compact form (BEP 23) and not as dictionaries. */
  public boolean compact() {
    return compact;
  }

  public void compact(boolean compact) {
    this.compact = compact;
  }

  /** Whether the answer needs the peers' ids: dictionary form without {@code no_peer_id=1}. */
  public boolean withPeerIds() {
    return withPeerIds;
  }

  public void withPeerIds(boolean withPeerIds) {
    this.withPeerIds = withPeerIds;
  }

  /** Whether the answer may hold peers of the family that the client does not speak here. */
  public boolean bothFamilies() {
    return bothFamilies;
  }

  public void bothFamilies(boolean bothFamilies) {
    this.bothFamilies = bothFamilies;
  }

  /** Whether the client has all of the torrent, by {@code left} or by its event. */
  public boolean seeder() {
    return event == AnnounceEvent.COMPLETED || (left == 0 && event != AnnounceEvent.PAUSED);
  }
}
