package io.trakx.core.protocol;

/**
 * Where the tracker delivers the figures of a scrape, exactly once; see {@link AnnounceResponder}.
 */
public interface ScrapeResponder {
  /** Every info-hash of {@code scrape} has its figures; unknown torrents have zeros. */
  void scraped(Scrape scrape);
}
