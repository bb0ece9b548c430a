package io.trakx.core.swarm;

/**
 * What a sweep removed.
 *
 * @param cleaned peers that had not announced in time
 * @param forgotten torrents without peers that were dropped, with their completed counts, for want
 *     of room
 */
public record SweepResult(long cleaned, long forgotten) {}
