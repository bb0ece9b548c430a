/**
 * The metrics port: what the process is doing, for monitors, on a listener and a thread of its own.
 *
 * <pre>
 * /debug/vars   figures in the form of Go's expvar, which Netdata's go_expvar collector reads
 * /metrics      the same and more for Prometheus, in its text format or as OpenMetrics
 * /healthz      200 as long as the process answers at all
 * /readyz       200 if every part that serving needs is ready, 503 otherwise; with the reasons
 * </pre>
 *
 * <p>Reads counters and snapshots only; nothing here can hold up an announce.
 */
@NullMarked
package io.trakx.netty.admin;

import org.jspecify.annotations.NullMarked;
