package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.InfoHashBatch;
import io.trakx.core.protocol.PeerList;

/**
 * An announce and its answer (BEP 15).
 *
 * <pre>
 * byte       0        16          36        56           64     72         80
 * request    | header | info-hash | peer id | downloaded | left | uploaded |
 *
 * byte       80      84   88    92        96     98
 *            | event | ip | key | numwant | port | options (BEP 41)
 *
 * byte       0          4             8          12         16        20
 * response   | action 1 | transaction | interval | leechers | seeders | peers, 6 or 18 bytes each
 * </pre>
 *
 * <p>Whether a peer has 6 or 18 bytes, the client knows by the family over which it asked, so
 * families never mix. Offsets count from the reader index.
 */
final class AnnounceMessage {
  private static final int INFO_HASH = RequestHeader.BYTES;
  private static final int PEER_ID = INFO_HASH + Bytes20.BYTES;
  private static final int DOWNLOADED = PEER_ID + Bytes20.BYTES;
  private static final int LEFT = DOWNLOADED + Long.BYTES;
  private static final int UPLOADED = LEFT + Long.BYTES;
  private static final int EVENT = UPLOADED + Long.BYTES;
  private static final int ADDRESS = EVENT + Integer.BYTES;
  private static final int KEY = ADDRESS + Integer.BYTES;
  private static final int NUMWANT = KEY + Integer.BYTES;
  private static final int PORT = NUMWANT + Integer.BYTES;

  /** Bytes of a request without options: 98. */
  static final int REQUEST_BYTES = PORT + Short.BYTES;

  /** Bytes of a response without peers: 20. */
  static final int RESPONSE_BYTES = ResponseHeader.BYTES + 3 * Integer.BYTES;

  private AnnounceMessage() {}

  /**
   * Reads a request of {@link #REQUEST_BYTES} or more; its address is left to the caller, but for
   * the port.
   */
  static void read(ByteBuf in, AnnounceRequest request) {
    int at = in.readerIndex();
    request.reset();
    read(in, at + INFO_HASH, request.infoHash());
    read(in, at + PEER_ID, request.peerId());
    request.downloaded(saturated(in.getLong(at + DOWNLOADED)));
    request.left(saturated(in.getLong(at + LEFT)));
    request.uploaded(saturated(in.getLong(at + UPLOADED)));
    request.event(event(in.getInt(at + EVENT)));
    request.numwant(Math.max(in.getInt(at + NUMWANT), AnnounceRequest.NUMWANT_DEFAULT));
    request.address().port(in.getUnsignedShort(at + PORT));
    request.bothFamilies(false);
  }

  /** Adds the info-hash of a request of {@link #REQUEST_BYTES} or more to {@code batch}. */
  static void readInfoHash(ByteBuf in, InfoHashBatch batch) {
    int at = in.readerIndex() + INFO_HASH;
    batch.add(in.getLong(at), in.getLong(at + Long.BYTES), in.getInt(at + 2 * Long.BYTES));
  }

  /** The IPv4 address that the client states for its own, in network order; 0: none. */
  static int statedAddress(ByteBuf in) {
    return in.getInt(in.readerIndex() + ADDRESS);
  }

  /** Writes the figures and the peers of {@code family}, of which there must be room for all. */
  static void write(ByteBuf out, int transaction, AnnounceResponse response, AddressFamily family) {
    ResponseHeader.write(out, Action.ANNOUNCE, transaction);
    out.writeInt(response.intervalSeconds());
    out.writeInt(response.incomplete());
    out.writeInt(response.complete());
    PeerList peers = response.peers(family);
    out.writeBytes(peers.compact(), 0, peers.compactLength());
  }

  /** How many peers of {@code family} an answer of {@code bytes} has room for. */
  static int peersIn(int bytes, AddressFamily family) {
    return (bytes - RESPONSE_BYTES) / family.compactBytes();
  }

  private static void read(ByteBuf in, int at, Bytes20 target) {
    target.set(in.getLong(at), in.getLong(at + Long.BYTES), in.getInt(at + 2 * Long.BYTES));
  }

  /** Numbers are unsigned; what is above the largest signed one becomes it. */
  private static long saturated(long value) {
    return value < 0 ? Long.MAX_VALUE : value;
  }

  /** Of BEP 15 are 0 to 3; 4 is what libtorrent sends for BEP 21's; others say nothing. */
  private static AnnounceEvent event(int number) {
    return switch (number) {
      case 1 -> AnnounceEvent.COMPLETED;
      case 2 -> AnnounceEvent.STARTED;
      case 3 -> AnnounceEvent.STOPPED;
      case 4 -> AnnounceEvent.PAUSED;
      default -> AnnounceEvent.NONE;
    };
  }
}
