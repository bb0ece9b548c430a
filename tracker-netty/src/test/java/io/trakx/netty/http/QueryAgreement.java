package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds {@link QueryDecoder} against {@link ReferenceQuery}. */
final class QueryAgreement {
  private static final QueryDecoder DECODER = new QueryDecoder();

  /** Around the query stands what would count if the decoder looked there. */
  private static final String BEFORE = "info_hash=";

  private static final String BEHIND = "0&port=7&left=7";

  private QueryAgreement() {}

  static void checkAnnounce(String query) {
    assertThat(announce(query)).isEqualTo(ReferenceQuery.announce(query));
  }

  static ReferenceQuery.Announce announce(String query) {
    AnnounceRequest request = new AnnounceRequest();
    byte[] buffer = Latin1.bytes(BEFORE + query + BEHIND);
    @Nullable FailureReason failure =
        DECODER.announce(buffer, BEFORE.length(), buffer.length - BEHIND.length(), request);
    return failure == null
        ? ReferenceQuery.Announce.of(request)
        : ReferenceQuery.Announce.failed(failure);
  }

  static void checkScrape(String query, int capacity) {
    assertThat(scrape(query, capacity)).isEqualTo(ReferenceQuery.scrape(query, capacity));
  }

  static ReferenceQuery.ScrapeQuery scrape(String query, int capacity) {
    Scrape scrape = new Scrape(capacity);
    byte[] buffer = Latin1.bytes(BEFORE + query + BEHIND);
    @Nullable FailureReason failure =
        DECODER.scrape(buffer, BEFORE.length(), buffer.length - BEHIND.length(), scrape);
    return failure == null
        ? ReferenceQuery.ScrapeQuery.of(scrape)
        : new ReferenceQuery.ScrapeQuery(failure, List.of());
  }
}
