/**
 * The tracker over UDP (BEP 15), with options (BEP 41) read and tolerated.
 *
 * <pre>
 * {@link io.trakx.netty.udp.UdpServer}        sockets and workers, started and stopped
 *  └─ UdpWorker      one an event loop: decides what becomes of a datagram
 *      ├─ ConnectionIds                            who has shown that its address is its own
 *      ├─ RequestHeader, AnnounceMessage,
 *      │  ScrapeMessage, ConnectMessage,
 *      │  ErrorMessage, AnnounceOptions            layouts; pure functions over a ByteBuf
 *      └─ UdpExchange                              one question to the tracker, answered now or later
 * </pre>
 *
 * <p><b>Who gets what.</b> UDP lets anybody write any sender on a datagram. So whoever has not
 * shown by a connection id that it receives what is sent to its address gets no more bytes than it
 * sent: a connect is answered by 16 bytes, everything else by silence.
 *
 * <p><b>Hot path.</b> Everything but the server. Nothing of ours allocates for an announce: what
 * arrives is read where it lies, the answer is written into a buffer that is used again and again.
 * On epoll nothing else allocates either ({@link io.trakx.netty.transport.DatagramSockets}); on
 * other transports Netty makes, for each datagram, a packet and the sender's address.
 */
@NullMarked
package io.trakx.netty.udp;

import org.jspecify.annotations.NullMarked;
