/**
 * What outlives the process, in a database: what was counted of each torrent, the totals over time,
 * and the bans. Knows nothing of Netty, and never runs on an event loop.
 */
@NullMarked
package io.trakx.netty.persistence;

import org.jspecify.annotations.NullMarked;
