package io.trakx.netty.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final byte[] TEXT = "a page, a page, a page, a page".getBytes(UTF_8);

  private final Content content = new Content(Body.shortLived(200, Body.JSON, Body.NOT_KEPT, TEXT));

  @Test
  void isCompressedOnceAndOnlyForWhoTakesItSo() throws Exception {
    Deque<Runnable> thread = new ArrayDeque<>();

    assertThat(content.get(false, thread::add).join().bytes()).isSameAs(TEXT);
    assertThat(thread).isEmpty();

    CompletableFuture<Body> first = content.get(true, thread::add);
    CompletableFuture<Body> second = content.get(true, thread::add);
    assertThat(thread).hasSize(1);
    thread.remove().run();

    assertThat(second.join()).isSameAs(first.join());
    assertThat(first.join().gzip()).isTrue();
    try (GZIPInputStream plain =
        new GZIPInputStream(new ByteArrayInputStream(first.join().bytes()))) {
      assertThat(plain.readAllBytes()).isEqualTo(TEXT);
    }
  }

  @Test
  void allWhoAskFailWhenTheThreadHasEnded() {
    for (int asker = 1; asker <= 2; asker++) {
      assertThat(content.get(true, ContentTest::reject))
          .as("asker %d", asker)
          .isCompletedExceptionally();
    }
    assertThat(content.get(false, ContentTest::reject)).isCompleted();
  }

  private static void reject(Runnable task) {
    throw new RejectedExecutionException("ended: " + task);
  }
}
