/** Benchmarks of the HTTP server over loopback sockets. */
@NullMarked
package io.trakx.bench.http;

import org.jspecify.annotations.NullMarked;
