/**
 * The vocabulary that transports, tracker and store share: what a client says and what it is told.
 *
 * <p>Requests and responses are mutable and reused, one set an event loop, so that an announce
 * makes no garbage. None is thread-safe; whoever fills one owns it until its responder has been
 * called. Depends on nothing.
 */
@NullMarked
package io.trakx.core.protocol;

import org.jspecify.annotations.NullMarked;
