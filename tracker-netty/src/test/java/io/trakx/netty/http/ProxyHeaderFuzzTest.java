package io.trakx.netty.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ProxyHeaderFuzzTest {
  /** Beyond this the trial of every prefix would take the time that new inputs need. */
  private static final int MAX_BYTES = 256;

  @FuzzTest(maxDuration = "20s")
  void whatIsReadIsReadByNettyAlike(byte[] data) {
    if (data.length <= MAX_BYTES) {
      ProxyHeaderAgreement.check(data);
    }
  }
}
