package io.trakx.netty.http;

import io.netty.channel.Channel;

/** Answers scrapes that name no info-hash, where the operator allows it. Thread-safe. */
public interface FullScrape {
  /**
   * Writes and flushes one whole HTTP response to {@code channel}, as Netty's HTTP objects, now or
   * later; called on the channel's event loop.
   *
   * @param gzip whether the client takes a compressed body
   */
  void answer(Channel channel, boolean gzip);
}
