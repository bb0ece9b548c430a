package io.trakx.netty.snapshot;

import java.time.Instant;
import java.util.UUID;

/**
 * Whose snapshot it is, and of when.
 *
 * @param writer the tracker that wrote it
 * @param writtenAt the moment of which peers' ages are, in milliseconds
 */
record SnapshotHeader(UUID writer, Instant writtenAt) {}
