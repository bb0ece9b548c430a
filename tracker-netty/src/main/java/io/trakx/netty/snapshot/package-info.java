/**
 * The snapshot of all swarms in a file, by which a restart finds them again.
 *
 * <p>{@link io.trakx.netty.snapshot.SnapshotFile} writes and reads it, in calls that take seconds:
 * not for event loops. The format is drawn in {@link io.trakx.netty.snapshot.SnapshotFormat}.
 */
@NullMarked
package io.trakx.netty.snapshot;

import org.jspecify.annotations.NullMarked;
