/**
 * Logging: asynchronous, one line an event, to standard error or to files of bounded size.
 *
 * <p>A thread that logs puts the event into a ring and goes on; one thread writes. When the ring is
 * full, events at {@code info} and below are dropped rather than an event loop held up, and what is
 * written of one place in the code is bounded, so that nobody can fill a disk from afar.
 */
@NullMarked
package io.trakx.netty.logging;

import org.jspecify.annotations.NullMarked;
