/**
 * Pages on the public port, for people with a browser, and the same for programs.
 *
 * <pre>
 * /               what this is, its announce URLs, what it holds, and charts
 * /stats          what was counted, as tables
 * /stats.json     the same as JSON
 * /history.json   what the charts show
 * /assets/        what pages refer to, at addresses with a hash
 * </pre>
 *
 * <p>{@link io.trakx.netty.web.PageHandler} sits behind Netty's HTTP codec, which the port installs
 * for whatever is neither announce nor scrape, and sends what {@link io.trakx.netty.web.Site} has.
 * Nothing is loaded from elsewhere, and a content security policy says so; whatever came from
 * outside is escaped. Pages work without script, charts aside.
 */
@NullMarked
package io.trakx.netty.web;

import org.jspecify.annotations.NullMarked;
