package io.trakx.netty.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

class QueryDecoderFuzzTest {
  /** Beyond this the slow oracle would take the time that new inputs need. */
  private static final int MAX_BYTES = 2048;

  @FuzzTest(maxDuration = "20s")
  void announceIsReadAsTheReferenceReadsIt(byte[] data) {
    if (data.length <= MAX_BYTES) {
      QueryAgreement.checkAnnounce(Latin1.text(data));
    }
  }

  @FuzzTest(maxDuration = "20s")
  void scrapeIsReadAsTheReferenceReadsIt(byte[] data) {
    if (data.length <= MAX_BYTES) {
      QueryAgreement.checkScrape(Latin1.text(data), 3);
    }
  }
}
