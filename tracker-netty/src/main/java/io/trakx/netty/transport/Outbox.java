package io.trakx.netty.transport;

/** Where answers leave: the socket that the question came in by. Used on its event loop only. */
public interface Outbox {
  /** Sends {@code reply}, which is given back to its stock whatever becomes of it. */
  void send(DatagramReply reply);
}
