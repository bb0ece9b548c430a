/**
 * What it costs to decode a request and to write its answer, without the tracker in between.
 *
 * <p>{@code scripts/bench jmh codec -prof gc}
 */
@NullMarked
package io.trakx.bench.codec;

import org.jspecify.annotations.NullMarked;
