package io.trakx.netty.udp;

import io.netty.buffer.ByteBufAllocator;
import io.trakx.core.Tracker;
import io.trakx.core.stats.Counters;
import java.util.function.LongSupplier;

/** What all event loops of one UDP server share. */
record UdpParts(
    UdpOptions options,
    Tracker tracker,
    Counters counters,
    ConnectionIds connectionIds,
    LongSupplier nanoClock,
    ByteBufAllocator allocator) {}
