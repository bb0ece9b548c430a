package io.trakx.netty.web;

import java.time.Duration;
import java.time.Instant;

/**
 * What the tracker held on average and did in a span of time.
 *
 * @param begins when the span began
 * @param length how long it was, above 0
 * @param seeders held
 * @param leechers held
 * @param torrents with a peer
 * @param addresses different ones among the peers
 * @param announces answered with peers
 * @param scrapes answered
 * @param errors announces and scrapes answered with a failure
 * @param heapBytes in use; 0: not known
 * @param residentBytes of the process in RAM; 0: not known
 */
public record HistorySample(
    Instant begins,
    Duration length,
    long seeders,
    long leechers,
    long torrents,
    long addresses,
    long announces,
    long scrapes,
    long errors,
    long heapBytes,
    long residentBytes) {}
