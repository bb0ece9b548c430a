/**
 * What the swarm store costs: announces, scrapes and sweeps.
 *
 * <p>{@code scripts/bench jmh Store -prof gc -prof io.trakx.bench.CpuProfiler}
 *
 * <p>Stores of millions of peers do not fit a processor's caches, so most of these figures are
 * times of memory accesses that wait for one another, and follow the machine's memory latency.
 */
@NullMarked
package io.trakx.bench.store;

import org.jspecify.annotations.NullMarked;
