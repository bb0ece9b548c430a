package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trakx.netty.transport.TcpService.Opener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of connections that cannot be accepted or are not wanted. */
class AcceptorTest {
  private final List<Throwable> failures = new ArrayList<>();
  private boolean wanted = true;

  private final Opener opener =
      new Opener() {
        @Override
        public boolean open(Channel connection) {
          return wanted;
        }

        @Override
        public void acceptFailed(Throwable cause) {
          failures.add(cause);
        }
      };

  private EmbeddedChannel listener() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel
        .pipeline()
        .addLast(new Acceptor(List.of(new Target(channel.eventLoop(), opener, opener))));
    return channel;
  }

  @Test
  void wantOfFileDescriptorsPausesAcceptingForASecond() {
    EmbeddedChannel listener = listener();
    listener.freezeTime();
    listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    assertThat(failures).hasSize(2);
    assertThat(listener.config().isAutoRead()).isFalse();
    listener.advanceTimeBy(999, TimeUnit.MILLISECONDS);
    listener.runScheduledPendingTasks();
    assertThat(listener.config().isAutoRead()).isFalse();
    listener.advanceTimeBy(2, TimeUnit.MILLISECONDS);
    listener.runScheduledPendingTasks();
    assertThat(listener.config().isAutoRead()).isTrue();
    assertThat(listener.isOpen()).isTrue();
    listener.checkException();
  }

  @Test
  void aConnectionThatIsNotWantedIsClosedAtOnce() {
    wanted = false;
    EmbeddedChannel connection = new EmbeddedChannel();
    listener().pipeline().fireChannelRead(connection);
    assertThat(connection.isOpen()).isFalse();
  }
}
