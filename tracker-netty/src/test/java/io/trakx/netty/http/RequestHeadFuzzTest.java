package io.trakx.netty.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

class RequestHeadFuzzTest {
  /** Beyond this the slow oracle would take the time that new inputs need. */
  private static final int MAX_BYTES = 2048;

  @FuzzTest(maxDuration = "20s")
  void readsWhatTheReferenceReadsInAnyPieces(byte[] data) {
    if (data.length > MAX_BYTES) {
      return;
    }
    HeadAgreement.check(data);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < Math.min(data.length, 32); i++) {
      sizes.add(1 + (data[data.length - 1 - i] & 0x3f));
    }
    HeadAgreement.checkInPieces(data, sizes);
  }
}
