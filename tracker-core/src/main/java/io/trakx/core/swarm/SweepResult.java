package io.trakx.core.swarm;

/**
 * What a sweep removed.
 *
 * @param cleaned peers that had not announced in time
 * @param forgotten torrents without peers whose completed count was dropped for want of room
 */
public record SweepResult(long cleaned, long forgotten) {}
