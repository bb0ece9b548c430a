package io.trakx.netty.bencode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerList;

/**
 * Writes peers the way BEP 3 has them: a list of dictionaries.
 *
 * <pre>
 * l d 2:ip LENGTH:TEXT [7:peer id 20:ID] 4:port iPORTe e ... e
 * </pre>
 *
 * <p>The list has the peers of both families. Allocates nothing. Reused, not thread-safe.
 */
final class DictionaryPeers {
  private static final byte[] IP = ascii("d2:ip");
  private static final byte[] PEER_ID = ascii("7:peer id20:");
  private static final byte[] PORT = ascii("4:porti");
  private static final byte[] END = ascii("ee");
  private static final int LIST_FRAME = "le".length();
  private static final int MAX_PORT_DIGITS = 5;
  private static final int MAX_LENGTH_PREFIX = "39:".length();

  /** The most bytes of one peer. */
  private static final int MAX_PEER_BYTES =
      IP.length
          + MAX_LENGTH_PREFIX
          + IpText.MAX_BYTES
          + PEER_ID.length
          + Bytes20.BYTES
          + PORT.length
          + MAX_PORT_DIGITS
          + END.length;

  private final byte[] text = new byte[IpText.MAX_BYTES];
  private final byte[] peer = new byte[MAX_PEER_BYTES];

  int length(AnnounceResponse response, boolean withIds) {
    return LIST_FRAME
        + length(response.peers(AddressFamily.IPV4), withIds)
        + length(response.peers(AddressFamily.IPV6), withIds);
  }

  private int length(PeerList peers, boolean withIds) {
    int addressBytes = peers.family().addressBytes();
    int compactBytes = peers.family().compactBytes();
    int fixed = IP.length + 1 + PORT.length + END.length;
    if (withIds) {
      fixed += PEER_ID.length + Bytes20.BYTES;
    }
    int length = 0;
    for (int i = 0; i < peers.size(); i++) {
      int at = i * compactBytes;
      int textLength = putIp(peers, at);
      length +=
          fixed
              + Digits.count(textLength)
              + textLength
              + Digits.count(port(peers, at + addressBytes));
    }
    return length;
  }

  void write(ByteBuf out, AnnounceResponse response, AddressFamily first, boolean withIds) {
    out.writeByte('l');
    write(out, response.peers(first), withIds);
    write(out, response.peers(first.other()), withIds);
    out.writeByte('e');
  }

  private void write(ByteBuf out, PeerList peers, boolean withIds) {
    int addressBytes = peers.family().addressBytes();
    int compactBytes = peers.family().compactBytes();
    for (int i = 0; i < peers.size(); i++) {
      int row = i * compactBytes;
      int textLength = putIp(peers, row);
      int at = put(0, IP);
      at = Digits.put(peer, at, textLength);
      peer[at++] = ':';
      System.arraycopy(text, 0, peer, at, textLength);
      at += textLength;
      if (withIds) {
        at = put(at, PEER_ID);
        System.arraycopy(peers.ids(), i * Bytes20.BYTES, peer, at, Bytes20.BYTES);
        at += Bytes20.BYTES;
      }
      at = put(at, PORT);
      at = Digits.put(peer, at, port(peers, row + addressBytes));
      at = put(at, END);
      out.writeBytes(peer, 0, at);
    }
  }

  /** Puts the address at {@code at} as text, and returns its length. */
  private int putIp(PeerList peers, int at) {
    return peers.family() == AddressFamily.IPV4
        ? IpText.putIpv4(text, 0, peers.compact(), at)
        : IpText.putIpv6(text, 0, peers.compact(), at);
  }

  private static int port(PeerList peers, int at) {
    byte[] compact = peers.compact();
    return (compact[at] & 0xff) << 8 | (compact[at + 1] & 0xff);
  }

  private int put(int at, byte[] fragment) {
    System.arraycopy(fragment, 0, peer, at, fragment.length);
    return at + fragment.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
