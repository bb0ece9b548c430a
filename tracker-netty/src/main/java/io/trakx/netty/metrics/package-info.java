/**
 * What {@code /metrics} tells Prometheus and others that read its text format or OpenMetrics.
 *
 * <p>Nothing is counted here: each {@code *Metrics} class shows what is counted elsewhere, when it
 * is asked. Names and units follow Prometheus' conventions: base units, {@code _total} for what
 * only grows, and no label that carries what a client sent; client software is a closed set.
 *
 * <p>Further gauges and counters, such as the database's, are added to {@link
 * io.trakx.netty.metrics.Metrics} by whoever puts the tracker together.
 */
@NullMarked
package io.trakx.netty.metrics;

import org.jspecify.annotations.NullMarked;
