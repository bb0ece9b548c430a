/**
 * The scrape of all torrents at once, which the operator may allow: made into files by a thread of
 * its own, read from there by another.
 */
@NullMarked
package io.trakx.netty.scrape;

import org.jspecify.annotations.NullMarked;
