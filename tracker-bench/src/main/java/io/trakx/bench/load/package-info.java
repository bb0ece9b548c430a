/**
 * A load generator for trackers, and the comparison of this tracker with opentracker made with it.
 *
 * <p>The generator is one thread in a closed or an open loop. It shares a small machine with the
 * tracker that it measures, so it must cost less than that: it speaks to the kernel directly
 * ({@link io.trakx.bench.load.Linux}), keeps all requests in flight in slots made beforehand, and
 * allocates nothing while it measures. It checks each answer as a strict client would.
 *
 * <p>{@link io.trakx.bench.load.LoadCommand} is the command line, {@link
 * io.trakx.bench.load.Population} says who announces what, {@link io.trakx.bench.load.HttpLoad} and
 * {@link io.trakx.bench.load.UdpLoad} are the loops, {@link io.trakx.bench.load.Compare} runs
 * trackers in turn. Linux only.
 */
@NullMarked
package io.trakx.bench.load;

import org.jspecify.annotations.NullMarked;
