/**
 * What all benchmarks share; each package below it asks questions of its own.
 *
 * <p>Run with {@code scripts/bench jmh}; nothing depends on these packages.
 */
@NullMarked
package io.trakx.bench;

import org.jspecify.annotations.NullMarked;
