package io.trakx.netty.http;

import io.trakx.core.protocol.PeerAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Takes the JDK's addresses over into the tracker's. */
final class AddressBytes {
  private AddressBytes() {}

  /** Sets family and address of {@code target}; makes garbage, so once a connection. */
  static void copy(InetAddress source, PeerAddress target) {
    ByteBuffer bytes = ByteBuffer.wrap(source.getAddress());
    if (bytes.remaining() == Integer.BYTES) {
      target.ipv4(bytes.getInt());
    } else {
      target.ipv6(bytes.getLong(), bytes.getLong());
    }
  }
}
