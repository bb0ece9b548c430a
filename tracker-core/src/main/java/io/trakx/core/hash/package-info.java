/** The keyed hash that everything uses whose input clients choose. Depends on nothing. */
@NullMarked
package io.trakx.core.hash;

import org.jspecify.annotations.NullMarked;
