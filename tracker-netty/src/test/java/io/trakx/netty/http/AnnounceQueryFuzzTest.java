package io.trakx.netty.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

// One target a class, because the fuzzer takes one target a JVM: -Dtest=CLASS starts it.
class AnnounceQueryFuzzTest {
  /** Beyond this the slow oracle would take the time that new inputs need. */
  private static final int MAX_BYTES = 2048;

  @FuzzTest(maxDuration = "20s")
  void isReadAsTheReferenceReadsIt(byte[] data) {
    if (data.length <= MAX_BYTES) {
      QueryAgreement.checkAnnounce(Latin1.text(data));
    }
  }
}
