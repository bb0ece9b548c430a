/**
 * The distribution as strangers meet it: launched by its own launcher, asked by BitTorrent clients
 * that know nothing of this project.
 *
 * <p>The tests run after packaging and find the exploded distribution through the system property
 * {@code trakx.dist}. What they need of the machine ({@link io.trakx.netty.e2e.Requirements}) may
 * be missing on a developer's: they are then skipped and say why. Where the environment has {@code
 * CI=true}, they fail instead.
 *
 * <p>No process outlives its test: each is closed by its handle, and the kernel ends it should the
 * test's JVM die first.
 */
@NullMarked
package io.trakx.netty.e2e;

import org.jspecify.annotations.NullMarked;
