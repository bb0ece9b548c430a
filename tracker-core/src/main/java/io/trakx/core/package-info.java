/** The tracker: what an announce and a scrape do, without any I/O. */
@NullMarked
package io.trakx.core;

import org.jspecify.annotations.NullMarked;
