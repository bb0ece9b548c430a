package io.trakx.netty.http;

import io.netty.channel.ChannelHandler;
import io.trakx.core.Tracker;
import io.trakx.core.stats.Counters;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all event loops of one HTTP server share.
 *
 * @param connections how many connections are open
 */
record HttpParts(
    HttpOptions options,
    Tracker tracker,
    Counters counters,
    Supplier<? extends ChannelHandler> pages,
    @Nullable FullScrape fullScrape,
    LongSupplier nanoClock,
    AtomicInteger connections) {}
