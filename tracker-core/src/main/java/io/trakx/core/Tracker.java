package io.trakx.core;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.InfoHashBatch;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;

/**
 * What a tracker does for a client, whatever the transport. Thread-safe.
 *
 * <p>The answer may exist when the call returns or may come later; until the responder has been
 * called, request, response and scrape belong to the tracker and must not be touched.
 */
public interface Tracker {
  /** Takes an announce and hands {@code responder} what to answer, exactly once. */
  void announce(AnnounceRequest request, AnnounceResponse response, AnnounceResponder responder);

  /** Fills in the figures of {@code scrape} and hands it to {@code responder}, exactly once. */
  void scrape(Scrape scrape, ScrapeResponder responder);

  /**
   * Says which torrents are about to be announced one after the other, so that the tracker can look
   * for all of them at once.
   *
   * @param batch one info-hash or more; stays the caller's
   */
  default void expect(InfoHashBatch batch) {}

  /** Whether responders are always called by the calling thread, before the call returns. */
  default boolean answersAtOnce() {
    return false;
  }
}
