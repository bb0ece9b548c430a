package io.trakx.netty.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * All that is served beside announces and scrapes, by address.
 *
 * <p>Pages are written, and compressed for who wants that, on one thread of their own and kept for
 * a second, so that however many read them, event loops only send bytes, and the work is that of
 * one reader. The past is read by {@link HistoryCache}'s thread; a page waits for it for a moment
 * only. Thread-safe.
 */
public final class Site implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(Site.class);
  private static final Duration KEPT = Duration.ofSeconds(1);

  /** More than there are pages: the index in each range for each host, twice, and a few. */
  private static final int MOST_KEPT = 2 * (HostNames.MOST + 10) * Range.values().length;

  /** How long somebody waits for the past before there is a page without. */
  private static final long PATIENCE_SECONDS = 2;

  /** Java looks whether to compile a method each 128 times that it runs. */
  private static final int REHEARSALS = 130;

  private static final String HISTORY_KEPT = "public, max-age=30";

  private final WebOptions options;
  private final Statistics.Source statistics;
  private final HistorySource source;
  private final HistoryCache history;
  private final AnnouncePorts ports;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("trakx-web").daemon().factory());
  private final AsyncLoadingCache<Page, Content> pages;

  /** Made by the thread when they are first needed, which leaves the start alone. */
  private final CompletableFuture<Assets> assets = new CompletableFuture<>();

  private final AtomicBoolean assetsNeeded = new AtomicBoolean();

  /**
   * @param statistics what is counted
   * @param source the past
   * @param ports where announces are served
   */
  public Site(
      WebOptions options, Statistics.Source statistics, HistorySource source, AnnouncePorts ports) {
    this.options = options;
    this.statistics = statistics;
    this.source = source;
    this.history = new HistoryCache(source, statistics.clock());
    this.ports = ports;
    this.pages =
        Caffeine.newBuilder()
            .executor(thread)
            .expireAfterWrite(KEPT)
            .maximumSize(MOST_KEPT)
            .buildAsync((page, _) -> write(page).thenApply(Content::new));
  }

  /** What is asked for. */
  sealed interface Page {
    /**
     * The index page, as the host of that name has it.
     *
     * @param encrypted whether it is asked for over HTTPS
     */
    record Index(String authority, boolean encrypted, Range range) implements Page {}

    /** One without anything that tells it from another of its kind. */
    enum Plain implements Page {
      STATS,
      STATS_JSON,
      NOT_FOUND
    }

    /** The past of a range. */
    record History(Range range) implements Page {}
  }

  /**
   * What to answer. Never waits; fails if there is none, as when the site is closed.
   *
   * @param gzip whether compressed
   */
  CompletableFuture<Body> get(Page page, boolean gzip) {
    try {
      return pages.get(page).thenCompose(content -> content.get(gzip, thread));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * The file at an address that begins with {@link Assets#PREFIX}. Never waits, and once the files
   * are there only looks it up.
   *
   * @param gzip whether compressed
   */
  CompletableFuture<Body> file(String address, boolean gzip) {
    try {
      return assets()
          .thenCompose(
              files ->
                  files
                      .at(address)
                      .map(content -> content.get(gzip, thread))
                      .orElseGet(() -> get(Page.Plain.NOT_FOUND, gzip)));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Has pages written again and again, for nobody, so that the first reader need not wait for what
   * Java does once. Blocks for less than a second, as the past is left out, which may be slow;
   * readers meanwhile wait for one page at most.
   */
  public void rehearse() {
    Page.Index index = new Page.Index("localhost", false, Range.DAY);
    try {
      for (int round = 0; round < REHEARSALS; round++) {
        index(index, CompletableFuture.completedFuture(Optional.empty())).join();
        write(Page.Plain.STATS).join();
        write(Page.Plain.STATS_JSON).join();
      }
    } catch (CompletionException | RejectedExecutionException e) {
      LOG.debug("the pages were not rehearsed", e);
    }
  }

  private CompletableFuture<Assets> assets() {
    if (!assetsNeeded.getAndSet(true)) {
      var _ = assets.completeAsync(Assets::new, thread);
    }
    return assets;
  }

  private CompletableFuture<Body> write(Page page) {
    return switch (page) {
      case Page.Index index -> index(index, past(index.range()));
      case Page.History asked ->
          past(asked.range()).thenApplyAsync(past -> historyJson(past), thread);
      case Page.Plain plain -> assets().thenApplyAsync(files -> plain(frame(files), plain), thread);
    };
  }

  private CompletableFuture<Body> index(
      Page.Index index, CompletableFuture<Optional<Series>> past) {
    return assets()
        .thenCombineAsync(
            past, (files, known) -> html(200, indexPage(frame(files), index, known)), thread);
  }

  private CompletableFuture<Optional<Series>> past(Range range) {
    // A copy: the cache's own must not be completed for want of patience.
    return history
        .get(range)
        .copy()
        .completeOnTimeout(Optional.empty(), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Body plain(Frame frame, Page.Plain page) {
    return switch (page) {
      case STATS -> html(200, new StatsPage(options, frame).write(statistics.now()));
      case STATS_JSON ->
          Body.shortLived(
              200,
              Body.JSON,
              Body.NOT_KEPT,
              Json.statistics(statistics.now(), options.largestSwarms() > 0));
      case NOT_FOUND -> notFound(frame);
    };
  }

  private String indexPage(Frame frame, Page.Index page, Optional<Series> past) {
    return new IndexPage(options, frame, ports)
        .write(page, statistics.totals().get(), past, source.lasting());
  }

  private Body historyJson(Optional<Series> past) {
    return past.map(
            series ->
                Body.shortLived(
                    200, Body.JSON, HISTORY_KEPT, Json.history(series, source.lasting())))
        .orElseGet(
            () ->
                Body.shortLived(
                    503,
                    Body.JSON,
                    Body.NOT_KEPT,
                    Json.error("the history cannot be read at present")));
  }

  private static Body notFound(Frame frame) {
    String main =
        """
        <h1>Not found</h1>
        <p class="lead">There is no such page here. <a href="/">This tracker</a></p>
        """;
    return html(404, frame.page(Frame.Place.NONE, "Not found", false, main));
  }

  private Frame frame(Assets files) {
    return new Frame(options, files);
  }

  private static Body html(int status, String page) {
    return Body.shortLived(status, Body.HTML, Body.NOT_KEPT, page.getBytes(UTF_8));
  }

  /** Ends after what is being written; who asks after that gets nothing. */
  @Override
  public void close() {
    thread.shutdown();
    history.close();
  }
}
