package io.trakx.netty.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

class AddressTextFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void isReadAsTheReferenceReadsIt(byte[] data) {
    if (data.length <= 128) {
      AddressAgreement.check(Latin1.text(data));
    }
  }
}
