/** Which of the process's threads the system lets run first where several want a processor. */
@NullMarked
package io.trakx.netty.threads;

import org.jspecify.annotations.NullMarked;
