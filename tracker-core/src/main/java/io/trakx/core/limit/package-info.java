/**
 * What a single address may ask of the tracker: token buckets in tables of fixed size.
 *
 * <p>Part of the hot path: asking takes no lock and makes no garbage.
 */
@NullMarked
package io.trakx.core.limit;

import org.jspecify.annotations.NullMarked;
