/**
 * Bencoded answers (BEP 3), written straight to a {@link io.netty.buffer.ByteBuf}.
 *
 * <p>Hot path: fragments that never change are made once, numbers and addresses are written digit
 * by digit, and the length of every answer is known before its first byte is written. No garbage.
 */
@NullMarked
package io.trakx.netty.bencode;

import org.jspecify.annotations.NullMarked;
