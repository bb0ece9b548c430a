/** Benchmarks of what single addresses may ask. */
@NullMarked
package io.trakx.bench.limit;

import org.jspecify.annotations.NullMarked;
