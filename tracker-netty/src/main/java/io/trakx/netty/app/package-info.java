/**
 * The program: command line, life cycle, and the one place where everything is put together.
 *
 * <p>{@link io.trakx.netty.app.Main} parses, {@link io.trakx.netty.app.TrakxServer} builds and
 * closes; reading its {@code start} from top to bottom tells what the process is made of.
 *
 * <pre>
 * signal   what happens
 * TERM     stops listening, lets requests under way end within shutdown.grace, closes, exit 0
 * INT      the same
 * HUP      reads lists and certificate and, from the configuration, log.level and their names anew
 * </pre>
 *
 * <p>Whatever is wrong with what the operator said is one line for each thing on standard error,
 * and exit 1; a command line that is not understood is exit 2.
 */
@NullMarked
package io.trakx.netty.app;

import org.jspecify.annotations.NullMarked;
