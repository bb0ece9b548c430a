/** What tests of several packages use. */
@NullMarked
package io.trakx.netty.testing;

import org.jspecify.annotations.NullMarked;
