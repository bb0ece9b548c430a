/**
 * Which torrents may be announced: lists as immutable snapshots, swapped whole.
 *
 * <p>Asking is on the hot path: it reads one volatile field, makes no garbage and takes no lock.
 */
@NullMarked
package io.trakx.core.access;

import org.jspecify.annotations.NullMarked;
