package io.trakx.netty.http;

import io.netty.channel.ChannelHandler;
import io.trakx.core.Tracker;
import io.trakx.core.stats.Counters;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all event loops of one HTTP server share.
 *
 * @param connections those that are open
 */
record HttpParts(
    HttpOptions options,
    Tracker tracker,
    Counters counters,
    Supplier<? extends ChannelHandler> pages,
    @Nullable FullScrape fullScrape,
    LongSupplier nanoClock,
    OpenConnections connections) {}
