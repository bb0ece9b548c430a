package io.trakx.netty.udp;

/** Where answers leave: the socket that the question came in by. */
interface Outbox {
  /** Sends {@code reply}, which is given back to its stock whatever becomes of it. */
  void send(UdpReply reply);
}
