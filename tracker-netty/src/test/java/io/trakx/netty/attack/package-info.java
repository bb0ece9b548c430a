/**
 * Attacks on a running tracker and faults of its machine, each with ordinary clients beside it
 * whose answers are checked. On the loopback device only.
 *
 * <p>Short in every build; as long as the system property {@code trakx.attack.minutes} says in all
 * with {@code scripts/bench --soak}.
 */
@NullMarked
package io.trakx.netty.attack;

import org.jspecify.annotations.NullMarked;
