package io.trakx.netty.app;

import io.trakx.core.swarm.StoreTotals;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store's totals, at most a second old, so that nobody makes the store count by asking often.
 *
 * <p>Thread-safe; two threads that ask at the turn of a second may both count, which is harmless.
 */
final class TotalsCache implements Supplier<StoreTotals> {
  private static final long MAX_AGE_NANOS = 1_000_000_000;

  private final Supplier<StoreTotals> source;
  private final LongSupplier nanoClock;
  private final AtomicReference<@Nullable Counted> last = new AtomicReference<>();

  TotalsCache(Supplier<StoreTotals> source, LongSupplier nanoClock) {
    this.source = source;
    this.nanoClock = nanoClock;
  }

  private record Counted(StoreTotals totals, long nanos) {}

  @Override
  public StoreTotals get() {
    long now = nanoClock.getAsLong();
    Counted counted = last.get();
    if (counted == null || now - counted.nanos >= MAX_AGE_NANOS) {
      counted = new Counted(source.get(), now);
      last.set(counted);
    }
    return counted.totals;
  }
}
