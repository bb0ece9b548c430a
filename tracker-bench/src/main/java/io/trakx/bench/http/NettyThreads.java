package io.trakx.bench.http;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs benchmarks on threads as event loops have them: Netty recycles its objects on no others. JMH
 * makes it by name, with this constructor.
 */
public final class NettyThreads extends ThreadPoolExecutor {
  /** JMH's option to make executors of its user. */
  public static final String EXECUTOR = "-Djmh.executor=CUSTOM";

  /** JMH's option to make this one. */
  public static final String EXECUTOR_CLASS =
      "-Djmh.executor.class=io.trakx.bench.http.NettyThreads";

  public NettyThreads(int threads, String prefix) {
    super(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        new DefaultThreadFactory(prefix, true));
  }
}
