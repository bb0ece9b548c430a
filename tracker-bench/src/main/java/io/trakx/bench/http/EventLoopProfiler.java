package io.trakx.bench.http;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Tells what the server's event loops allocate per operation, whatever the clients' threads do, in
 * the worst iteration; the last one counts for nothing, because its event loops have ended when it
 * is looked at. Use as {@code -prof io.trakx.bench.http.EventLoopProfiler}.
 */
public final class EventLoopProfiler implements InternalProfiler {
  /** What the names of the event loops' threads begin with. */
  static final String THREAD_NAME = "bench-loop";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long startBytes;

  @Override
  public String getDescription() {
    return "Bytes that event loops allocate per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    startBytes = allocatedBytes();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double bytes = allocatedBytes() - startBytes;
    double perOperation = bytes / result.getMetadata().getAllOps();
    return List.of(new ScalarResult("loop.alloc", perOperation, "B/op", AggregationPolicy.MAX));
  }

  private long allocatedBytes() {
    long bytes = 0;
    for (@Nullable ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(THREAD_NAME)) {
        bytes += threads.getThreadAllocatedBytes(thread.getThreadId());
      }
    }
    return bytes;
  }
}
