/**
 * How bytes come and go: epoll, io_uring or NIO, chosen in one place, event loops, and listening
 * sockets.
 *
 * <p>{@link io.trakx.netty.transport.TransportType} is all that knows the three apart. {@link
 * io.trakx.netty.transport.ListeningSockets} opens one listening socket per address and event loop,
 * so that the kernel spreads connections and a connection lives on the loop that accepted it;
 * {@link io.trakx.netty.transport.DatagramSockets} does the same for datagrams. On epoll a
 * connection may be served on its socket ({@link io.trakx.netty.transport.BareConnection}), for one
 * request or for many, and gets a channel only when its service asks for one. Knows no protocol.
 */
@NullMarked
package io.trakx.netty.transport;

import org.jspecify.annotations.NullMarked;
