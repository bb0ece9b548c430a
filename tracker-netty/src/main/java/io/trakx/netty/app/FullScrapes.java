package io.trakx.netty.app;

import io.trakx.core.access.AccessControl;
import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.http.FullScrape;
import io.trakx.netty.scrape.FileFullScrape;
import io.trakx.netty.scrape.FullScrapeCache;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts scrapes of the whole tracker together, with a thread that writes and one that reads. */
final class FullScrapes {
  private FullScrapes() {}

  /**
   * What answers them; null if they are not allowed.
   *
   * @param closing gets the threads
   */
  static @Nullable FullScrape of(
      TrakxConfig config,
      SwarmStore store,
      AccessControl access,
      Counters counters,
      LongSupplier nanoClock,
      Closing closing) {
    if (!config.scrape().allowed()) {
      return null;
    }
    ExecutorService writer = thread("trakx-full-scrape", closing);
    ExecutorService reader = thread("trakx-full-scrape-reader", closing);
    FullScrapeCache.Options options =
        new FullScrapeCache.Options(config.scrape().maxAge(), config.http().scrapeMinInterval());
    FullScrapeCache cache =
        new FullScrapeCache(store, access, options, config.dataDirectory(), writer, nanoClock);
    return new FileFullScrape(cache, counters, reader);
  }

  private static ExecutorService thread(String name, Closing closing) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
    closing.add("full scrapes", thread::shutdownNow);
    return thread;
  }
}
