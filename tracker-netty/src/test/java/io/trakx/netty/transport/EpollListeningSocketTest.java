package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import io.trakx.netty.transport.TcpService.Opener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listening socket that the system gives no connection. */
class EpollListeningSocketTest {
  private final List<Throwable> failures = new ArrayList<>();
  private final List<IoOps> submitted = new ArrayList<>();

  private final Opener opener =
      new Opener() {
        @Override
        public boolean open(Channel connection) {
          throw new AssertionError("there is no connection");
        }

        @Override
        public void acceptFailed(Throwable cause) {
          failures.add(cause);
        }
      };

  /** Notes what is asked of the system. */
  private final IoRegistration registration =
      new IoRegistration() {
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as Netty declares it
        public <T> @Nullable T attachment() {
          return null;
        }

        @Override
        public long submit(IoOps ops) {
          submitted.add(ops);
          return 0;
        }

        @Override
        public boolean isValid() {
          return true;
        }

        @Override
        public boolean cancel() {
          return true;
        }
      };

  @BeforeEach
  void needsEpoll() {
    assumeTrue(TransportType.EPOLL.isAvailable(), "this machine has no epoll");
  }

  @Test
  void whenAcceptingFailsItPausesForASecond() throws IOException {
    EmbeddedChannel timers = new EmbeddedChannel();
    timers.freezeTime();
    Socket socket = Socket.newSocketStream();
    EpollListeningSocket listening =
        new EpollListeningSocket(new Target(timers.eventLoop(), opener, opener), socket);
    assertThat(listening.accepting()).isTrue();
    socket.close();
    EpollIoEvent ready = () -> EpollIoOps.EPOLLIN;
    listening.handle(registration, ready);
    assertThat(failures).hasSize(1);
    assertThat(submitted).doesNotContain(EpollIoOps.EPOLLIN).hasSize(1);
    timers.advanceTimeBy(999, TimeUnit.MILLISECONDS);
    timers.runScheduledPendingTasks();
    assertThat(submitted).hasSize(1);
    assertThat(listening.accepting()).isFalse();
    timers.advanceTimeBy(2, TimeUnit.MILLISECONDS);
    timers.runScheduledPendingTasks();
    assertThat(submitted).last().isEqualTo(EpollIoOps.EPOLLIN);
    assertThat(listening.accepting()).isTrue();
  }
}
