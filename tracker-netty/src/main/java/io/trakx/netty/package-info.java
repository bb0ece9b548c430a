/** The server around the tracker: transports, codecs, configuration and the program. */
@NullMarked
package io.trakx.netty;

import org.jspecify.annotations.NullMarked;
