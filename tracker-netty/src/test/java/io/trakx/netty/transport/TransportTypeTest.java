package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransportTypeTest {
  @Test
  void autoIsEpollWhereItWorksElseNio() {
    assertThat(TransportType.AUTO.resolve())
        .isEqualTo(TransportType.EPOLL.isAvailable() ? TransportType.EPOLL : TransportType.NIO);
  }

  @Test
  void nioWorksEverywhere() {
    assertThat(TransportType.NIO.isAvailable()).isTrue();
    assertThat(TransportType.NIO.resolve()).isEqualTo(TransportType.NIO);
  }

  @Test
  void anUnavailableTransportSaysWhy() {
    TransportUnavailableException failure =
        new TransportUnavailableException(
            TransportType.IO_URING,
            new UnsatisfiedLinkError("wrapped").initCause(new RuntimeException("no such kernel")));
    assertThat(failure).hasMessage("transport io_uring is not available here: no such kernel");
  }

  @Test
  void keysAreThoseOfTheConfiguration() {
    assertThat(TransportType.values())
        .extracting(TransportType::key)
        .containsExactly("auto", "epoll", "io_uring", "nio");
  }
}
