/**
 * The configuration: what can be set, where a value came from, and whether it makes sense.
 *
 * <p>{@link io.trakx.netty.config.Settings} declares every setting once: key, type, default,
 * meaning. The loader, the names of the environment variables, {@code --set}, the annotated
 * reference and the table in the README all come from that list, so that they cannot disagree.
 *
 * <p>A value is looked for in {@code --set}, then in the environment, then in the file, then in the
 * defaults. Whatever is wrong anywhere is collected and reported in one go; nothing is silently
 * ignored or replaced by a default.
 *
 * <p>Sections of {@link io.trakx.netty.config.TrakxConfig} are the option records that the
 * configured packages own. Depends on those records and on nothing that runs.
 */
@NullMarked
package io.trakx.netty.config;

import org.jspecify.annotations.NullMarked;
