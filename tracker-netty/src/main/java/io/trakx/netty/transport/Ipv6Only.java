package io.trakx.netty.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.Inet4Address;

/**
 * Drops what IPv4 clients send to a socket that can have both families only and shall serve one.
 */
final class Ipv6Only extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof DatagramPacket packet
        && packet.sender().getAddress() instanceof Inet4Address) {
      ReferenceCountUtil.release(packet);
    } else {
      ctx.fireChannelRead(message);
    }
  }
}
