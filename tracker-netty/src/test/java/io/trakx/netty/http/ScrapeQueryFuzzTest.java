package io.trakx.netty.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ScrapeQueryFuzzTest {
  /** Beyond this the slow oracle would take the time that new inputs need. */
  private static final int MAX_BYTES = 2048;

  /** So few that inputs go beyond it soon. */
  private static final int CAPACITY = 3;

  @FuzzTest(maxDuration = "20s")
  void isReadAsTheReferenceReadsIt(byte[] data) {
    if (data.length <= MAX_BYTES) {
      QueryAgreement.checkScrape(Latin1.text(data), CAPACITY);
    }
  }
}
