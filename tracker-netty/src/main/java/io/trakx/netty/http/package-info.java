/**
 * HTTP for announce and scrape: what arrives is decoded on the raw bytes, and answered.
 *
 * <p>{@link io.trakx.netty.http.RequestHead} reads one request head, {@link
 * io.trakx.netty.http.QueryDecoder} its query, {@link io.trakx.netty.http.ForwardedAddress} who the
 * client behind a trusted proxy is, {@link io.trakx.netty.http.ResponseHead} writes the head of an
 * answer. All of them are the hot path: they work on a plain {@code byte[]}, make no garbage, throw
 * nothing and tell by return values what is wrong. They hold no connection's state, so that one of
 * each serves all connections of an event loop.
 *
 * <p>On epoll, {@link io.trakx.netty.http.BareRequests} answers on sockets without channels: a
 * connection for one announce, and an {@link io.trakx.netty.http.IdleConnection} as long as all
 * that it asks can be answered at once. All others, and all on other transports, have an {@link
 * io.trakx.netty.http.HttpConnection} in their pipeline. On both ways deadlines ({@link
 * io.trakx.netty.http.ConnectionReaper}), limits and counts are the same.
 */
@NullMarked
package io.trakx.netty.http;

import org.jspecify.annotations.NullMarked;
