/**
 * How bytes come and go: epoll, io_uring or NIO, chosen in one place, event loops, and listening
 * sockets.
 *
 * <p>{@link io.trakx.netty.transport.TransportType} is all that knows the three apart. {@link
 * io.trakx.netty.transport.ListeningSockets} opens one listening socket per address and event loop,
 * so that the kernel spreads connections and a connection lives on the loop that accepted it;
 * {@link io.trakx.netty.transport.DatagramSockets} does the same for datagrams. Knows no protocol.
 *
 * <p>On epoll, what Netty's channels would cost is saved where most of a tracker's work is: a
 * client is answered on the bare socket ({@link io.trakx.netty.transport.BareConnection}), once or
 * as long as its service does not ask for a channel, and datagrams go in batches between the kernel
 * and the service, without an object each (MessageVector, which calls recvmmsg and sendmmsg
 * itself).
 */
@NullMarked
package io.trakx.netty.transport;

import org.jspecify.annotations.NullMarked;
