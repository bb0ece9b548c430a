package io.trakx.netty.web;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The past of each range, read at most once a minute however often it is asked for, on a thread of
 * its own, which may be held up by a database without holding up anybody else. Thread-safe.
 */
final class HistoryCache implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(HistoryCache.class);
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** When to ask again for what could not be had. */
  private static final Duration RETRIED = Duration.ofSeconds(2);

  /** Never interrupted: the embedded database would take that for the end of its file. */
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("trakx-history").daemon().factory());

  private final HistorySource source;
  private final InstantSource clock;
  private final AsyncLoadingCache<Range, Optional<Series>> cache;

  HistoryCache(HistorySource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
    this.cache =
        Caffeine.newBuilder()
            .executor(thread)
            .expireAfter(
                Expiry.<Range, Optional<Series>>writing(
                    (_, series) -> series.isPresent() ? KEPT : RETRIED))
            .buildAsync(this::read);
  }

  /** The past of a range; nothing in it if it cannot be had at present. */
  CompletableFuture<Optional<Series>> get(Range range) {
    return cache.get(range);
  }

  private Optional<Series> read(Range range) {
    var now = clock.instant();
    try {
      return source.read(range, now).map(samples -> Series.of(range, now, samples));
    } catch (RuntimeException e) {
      LOG.error("the history could not be read", e);
      return Optional.empty();
    }
  }

  /** Ends after what is being read. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
