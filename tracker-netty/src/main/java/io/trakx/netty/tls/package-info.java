/**
 * TLS for the public port: certificate and key read from their files and checked, and the handlers
 * that encrypt, by BoringSSL where it works and else by the JDK.
 *
 * <p>{@link io.trakx.netty.tls.ServerTls} is what connections get their handler from; what it
 * presents can be replaced while connections are open. Nothing here says in any message what is in
 * a key or a password.
 */
@NullMarked
package io.trakx.netty.tls;

import org.jspecify.annotations.NullMarked;
