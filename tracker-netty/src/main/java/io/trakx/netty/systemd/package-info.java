/**
 * What the program tells systemd about itself: that it serves, that it lives, that it stops.
 *
 * <p>The messages are those of sd_notify(3): datagrams to the socket that {@code NOTIFY_SOCKET}
 * names. Without that variable, so without systemd, nothing is sent.
 *
 * <pre>
 * message                       when
 * READY=1, STATUS=...           all ports are open, and after a reload
 * RELOADING=1, MONOTONIC_USEC=  SIGHUP came
 * WATCHDOG=1                    twice in the time that WATCHDOG_USEC says, after each event loop took part
 * STOPPING=1                    SIGTERM or SIGINT came
 * </pre>
 */
@NullMarked
package io.trakx.netty.systemd;

import org.jspecify.annotations.NullMarked;
