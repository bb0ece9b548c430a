package io.trakx.netty.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How much of what was sent has arrived, as the kernel counts it in {@code struct tcp_info} (Linux
 * 4.1, {@code linux/tcp.h}): what a slow client takes shows here long before the kernel takes more.
 */
public final class AckedBytes {
  /** What {@link #of} returns where the kernel or the transport doesn't tell. */
  public static final long UNKNOWN = -1;

  private static final int OFFSET = 120;
  private static final RawUnixChannelOption TCP_INFO =
      new RawUnixChannelOption(
          "TCP_INFO", LinuxOption.IPPROTO_TCP, LinuxOption.INFO, OFFSET + Long.BYTES);

  private AckedBytes() {}

  /** Bytes that the client has acknowledged since the connection began; costs a system call. */
  public static long of(Channel connection) {
    try {
      ByteBuffer info = connection.config().getOption(TCP_INFO);
      return info == null || info.limit() < OFFSET + Long.BYTES
          ? UNKNOWN
          : info.order(ByteOrder.nativeOrder()).getLong(OFFSET);
    } catch (ChannelException e) {
      return UNKNOWN; // closed
    }
  }
}
