package io.trakx.core;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.InfoHashBatch;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker does for a client, whatever the transport. Thread-safe.
 *
 * <p>The answer may exist when the call returns or may come later; until the responder has been
 * called, request, response and scrape belong to the tracker and must not be touched.
 */
public interface Tracker {
  /**
   * Whether a client may ask for anything now. To be called once for each announce or scrape,
   * before anything else is done for it, as soon as it is known that the address is the client's.
   *
   * @param nanos the time of {@link System#nanoTime}, at most some milliseconds old
   * @return why not; null if it may
   */
  default @Nullable FailureReason admit(PeerAddress client, long nanos) {
    return null;
  }

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
