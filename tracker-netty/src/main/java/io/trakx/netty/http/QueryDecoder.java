package io.trakx.netty.http;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import org.jspecify.annotations.Nullable;

/** Decodes the query of an announce or a scrape; signatures only. One an event loop. */
public final class QueryDecoder {
  /** Resets and fills {@code request}, all but its address; null when fine. */
  public @Nullable FailureReason announce(
      byte[] buffer, int from, int to, AnnounceRequest request) {
    throw new UnsupportedOperationException();
  }

  /** Resets and fills {@code scrape}; null when fine, also when there is no info-hash at all. */
  public @Nullable FailureReason scrape(byte[] buffer, int from, int to, Scrape scrape) {
    throw new UnsupportedOperationException();
  }
}
