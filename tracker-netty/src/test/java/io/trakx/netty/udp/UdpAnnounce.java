package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** An announce as a client writes it, field by field of BEP 15. */
final class UdpAnnounce {
  static final int TRANSACTION = 0x0102_0304;

  private final long connectionId;
  private byte[] infoHash = hash(1);
  private byte[] peerId = hash(99);
  private long downloaded;
  private long left = 1000;
  private long uploaded;
  private int event;
  private int ip;
  private int numwant = -1;
  private int port = 6881;
  private byte[] options = {};

  UdpAnnounce(long connectionId) {
    this.connectionId = connectionId;
  }

  static byte[] hash(int tail) {
    byte[] hash = new byte[20];
    ByteBuffer.wrap(hash).putInt(16, tail);
    return hash;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  UdpAnnounce infoHash(byte[] value) {
    infoHash = value;
    return this;
  }

  UdpAnnounce peerId(byte[] value) {
    peerId = value;
    return this;
  }

  UdpAnnounce numbers(long downloadedBytes, long leftBytes, long uploadedBytes) {
    downloaded = downloadedBytes;
    left = leftBytes;
    uploaded = uploadedBytes;
    return this;
  }

  UdpAnnounce left(long value) {
    left = value;
    return this;
  }

  UdpAnnounce event(int value) {
    event = value;
    return this;
  }

  UdpAnnounce ip(int value) {
    ip = value;
    return this;
  }

  UdpAnnounce numwant(int value) {
    numwant = value;
    return this;
  }

  UdpAnnounce port(int value) {
    port = value;
    return this;
  }

  UdpAnnounce options(byte... value) {
    options = value;
    return this;
  }

  byte[] bytes() {
    return ByteBuffer.allocate(98 + options.length)
        .putLong(connectionId)
        .putInt(1)
        .putInt(TRANSACTION)
        .put(infoHash)
        .put(peerId)
        .putLong(downloaded)
        .putLong(left)
        .putLong(uploaded)
        .putInt(event)
        .putInt(ip)
        .putInt(0x6b65_7920)
        .putInt(numwant)
        .putShort((short) port)
        .put(options)
        .array();
  }

  /** A scrape of these torrents. */
  static byte[] scrape(long connectionId, byte[]... infoHashes) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + 20 * infoHashes.length);
    bytes.putLong(connectionId).putInt(2).putInt(TRANSACTION);
    for (byte[] infoHash : infoHashes) {
      bytes.put(infoHash);
    }
    return bytes.array();
  }

  /** What a client reads of an answer. */
  record Answer(int interval, int leechers, int seeders, List<String> peers) {}

  /** Reads an answer to an announce with peers of some length, each as hexadecimal digits. */
  static Answer answer(byte[] answer, int bytesPerPeer) {
    ByteBuffer bytes = ByteBuffer.wrap(answer);
    assertThat(bytes.getInt()).isEqualTo(1);
    assertThat(bytes.getInt()).isEqualTo(TRANSACTION);
    int interval = bytes.getInt();
    int leechers = bytes.getInt();
    int seeders = bytes.getInt();
    assertThat(bytes.remaining() % bytesPerPeer).isZero();
    List<String> peers = new ArrayList<>();
    for (int at = 20; at < answer.length; at += bytesPerPeer) {
      peers.add(hex(Arrays.copyOfRange(answer, at, at + bytesPerPeer)));
    }
    return new Answer(interval, leechers, seeders, peers);
  }
}
