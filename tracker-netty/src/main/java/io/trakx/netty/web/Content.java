package io.trakx.netty.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What there is at an address, as it is and compressed: that once and only if somebody takes it so,
 * which monitors seldom do. Thread-safe.
 */
final class Content {
  private final CompletableFuture<Body> plain;
  private final AtomicReference<@Nullable CompletableFuture<Body>> compressed =
      new AtomicReference<>();

  Content(Body plain) {
    this.plain = CompletableFuture.completedFuture(plain);
  }

  /**
   * What to send. Never waits; fails if the thread has ended before it was compressed.
   *
   * @param gzip whether compressed
   * @param thread compresses, for the first who asks
   */
  CompletableFuture<Body> get(boolean gzip, Executor thread) {
    if (!gzip) {
      return plain;
    }
    CompletableFuture<Body> made = new CompletableFuture<>();
    CompletableFuture<Body> earlier = compressed.compareAndExchange(null, made);
    if (earlier != null) {
      return earlier;
    }
    try {
      return made.completeAsync(() -> plain.join().compressed(), thread);
    } catch (RejectedExecutionException e) {
      // Others may wait for it already.
      made.completeExceptionally(e);
      return made;
    }
  }
}
