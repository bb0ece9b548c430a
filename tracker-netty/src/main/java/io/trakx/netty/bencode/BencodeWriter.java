package io.trakx.netty.bencode;

import io.netty.buffer.ByteBuf;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import org.jspecify.annotations.Nullable;

/** Writes answers; signatures only. One an event loop; every length is exact. */
public final class BencodeWriter {
  public int announceLength(AnnounceRequest request, AnnounceResponse response) {
    throw new UnsupportedOperationException();
  }

  public void writeAnnounce(ByteBuf out, AnnounceRequest request, AnnounceResponse response) {
    throw new UnsupportedOperationException();
  }

  public int failureLength(FailureReason reason, @Nullable String detail) {
    throw new UnsupportedOperationException();
  }

  public void writeFailure(ByteBuf out, FailureReason reason, @Nullable String detail) {
    throw new UnsupportedOperationException();
  }

  public int scrapeLength(Scrape scrape, int minRequestIntervalSeconds) {
    throw new UnsupportedOperationException();
  }

  public void writeScrape(ByteBuf out, Scrape scrape, int minRequestIntervalSeconds) {
    throw new UnsupportedOperationException();
  }
}
