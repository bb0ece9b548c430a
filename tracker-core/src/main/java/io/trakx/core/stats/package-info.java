/**
 * What the tracker counts. Counting is lock-free and makes no garbage; reading is a snapshot.
 *
 * <p>{@link io.trakx.core.stats.TrackerCounter}s are counted by any thread. Requests by protocol,
 * family, action, outcome and client, and their durations, are counted by each event loop for
 * itself in a {@link io.trakx.core.stats.RequestMeter} and added up for the reader.
 */
@NullMarked
package io.trakx.core.stats;

import org.jspecify.annotations.NullMarked;
