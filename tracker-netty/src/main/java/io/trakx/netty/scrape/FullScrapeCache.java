package io.trakx.netty.scrape;

import io.trakx.core.access.AccessControl;
import io.trakx.core.swarm.SwarmStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The latest full scrape, as a file and the same file compressed, made anew when somebody asks for
 * one and the last is too old.
 *
 * <p>However many ask, one is made at a time, by the executor's thread; all who ask meanwhile get
 * it. A file is replaced by renaming another one over it, so whoever has it open can go on reading.
 * Thread-safe.
 */
public final class FullScrapeCache {
  private final SwarmStore store;
  private final AccessControl access;
  private final Options options;
  private final Path directory;
  private final Executor executor;
  private final LongSupplier nanoClock;
  private @Nullable CompletableFuture<Result> latest;
  private long madeNanos;

  /**
   * @param directory where the files go; made if it is missing
   * @param executor makes the files, which blocks
   * @param nanoClock tells the files' age, as {@link System#nanoTime()} does
   */
  public FullScrapeCache(
      SwarmStore store,
      AccessControl access,
      Options options,
      Path directory,
      Executor executor,
      LongSupplier nanoClock) {
    this.store = store;
    this.access = access;
    this.options = options;
    this.directory = directory;
    this.executor = executor;
    this.nanoClock = nanoClock;
  }

  /**
   * The files, no older than the configured age when they were asked for. Does not block; what
   * depends on the result runs on the executor's thread if it is still to be made.
   */
  public synchronized CompletionStage<Result> files() {
    long nowNanos = nanoClock.getAsLong();
    CompletableFuture<Result> current = latest;
    boolean usable =
        current != null && !current.isCompletedExceptionally() && !isOld(current, nowNanos);
    if (current == null || !usable) {
      current = CompletableFuture.supplyAsync(this::make, executor);
      latest = current;
      madeNanos = nowNanos;
    }
    return current;
  }

  private boolean isOld(CompletableFuture<Result> files, long nowNanos) {
    return files.isDone() && nowNanos - madeNanos > options.maxAge().toNanos();
  }

  private Result make() {
    try {
      Files.createDirectories(directory);
      Path plain = replace("full-scrape.bencode", this::write);
      Path gzip =
          replace(
              "full-scrape.bencode.gz",
              out -> {
                try (GZIPOutputStream compressed = new GZIPOutputStream(out)) {
                  Files.copy(plain, compressed);
                }
              });
      return new Result(plain, gzip);
    } catch (IOException e) {
      throw new CompletionException("cannot write a full scrape to " + directory, e);
    }
  }

  private void write(OutputStream out) throws IOException {
    int minIntervalSeconds = Math.toIntExact(options.minInterval().toSeconds());
    new FullScrapeWriter(minIntervalSeconds).write(store, access.lists(), out);
  }

  private Path replace(String name, Content content) throws IOException {
    Path target = directory.resolve(name);
    Path unfinished = directory.resolve(name + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
      content.writeTo(out);
    }
    return Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes what a file shall hold. */
  @FunctionalInterface
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * How often a full scrape may be made.
   *
   * @param maxAge how old one may be that is answered
   * @param minInterval how long a client is asked to wait between scrapes
   */
  public record Options(Duration maxAge, Duration minInterval) {}

  /**
   * A full scrape.
   *
   * @param plain the file as it is
   * @param gzip the same compressed
   */
  public record Result(Path plain, Path gzip) {}
}
