package io.trakx.netty.app;

import java.util.Optional;

/**
 * How the snapshots fare, at one moment.
 *
 * @param trouble why the last one could not be written, if so, in one line
 * @param lastAgeSeconds since the last one was written by this process; -1 before the first
 * @param lastMillis how long that took
 * @param lastBytes how long the file is
 * @param lastPeers how many peers it has
 * @param written how many were written
 * @param failures how many could not be
 * @param peersRestored how many peers the start took from one
 */
record SnapshotStatus(
    Optional<String> trouble,
    long lastAgeSeconds,
    long lastMillis,
    long lastBytes,
    long lastPeers,
    long written,
    long failures,
    long peersRestored) {

  static final SnapshotStatus NONE = new SnapshotStatus(Optional.empty(), -1, 0, 0, 0, 0, 0, 0);
}
