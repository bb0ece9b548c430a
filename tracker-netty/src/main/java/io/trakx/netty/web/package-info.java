/**
 * Pages on the public port, for people with a browser.
 *
 * <p>{@link io.trakx.netty.web.PageHandler} sits behind Netty's HTTP codec, which the port installs
 * for whatever is neither announce nor scrape. Pages are self-contained: no script, nothing from
 * elsewhere, and a content security policy that says so.
 */
@NullMarked
package io.trakx.netty.web;

import org.jspecify.annotations.NullMarked;
