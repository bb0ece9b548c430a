package io.trakx.netty.transport;

/**
 * An open UDP socket.
 *
 * @param receiveBufferBytes what the kernel lets datagrams that wait to be read take up
 */
record BoundDatagrams(BoundSocket socket, int receiveBufferBytes) {}
