package io.trakx.netty.transport;

/** What is done with datagrams. Called on the event loop of the socket that received them. */
public interface DatagramService {
  /** Answers nothing. */
  DatagramService SILENCE =
      new DatagramService() {
        @Override
        public void received(DatagramBatch batch, Outbox outbox) {}

        @Override
        public void sendFailed() {}
      };

  /**
   * Takes datagrams; fails for none of them.
   *
   * @param outbox where answers go, now or later. What is sent before this returns leaves together,
   *     in one system call where the transport can
   */
  void received(DatagramBatch batch, Outbox outbox);

  /** An answer was not sent: it is lost, like one that the network loses. */
  void sendFailed();
}
