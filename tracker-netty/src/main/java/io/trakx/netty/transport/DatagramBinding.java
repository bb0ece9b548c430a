package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/**
 * How one UDP socket is to be opened.
 *
 * @param plan which families it has
 * @param address where, with the real port if that was 0 in the plan
 * @param loop the event loop that drives it
 * @param service who gets what it receives
 * @param shared whether other sockets of this process are bound there already
 */
record DatagramBinding(
    ListenPlan<?> plan,
    InetSocketAddress address,
    DatagramOptions options,
    EventLoop loop,
    DatagramService service,
    boolean shared) {}
