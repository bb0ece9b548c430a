/**
 * The tracker itself: what happens when a client announces or scrapes.
 *
 * <p>Depends on the packages below it and on nothing else: no I/O, no server, no database. The way
 * of an announce through here is the hot path: it takes no lock but one stripe's, makes no garbage
 * and never blocks.
 */
@NullMarked
package io.trakx.core;

import org.jspecify.annotations.NullMarked;
