/** What the tracker counts. Counting is lock-free and makes no garbage; reading is a snapshot. */
@NullMarked
package io.trakx.core.stats;

import org.jspecify.annotations.NullMarked;
