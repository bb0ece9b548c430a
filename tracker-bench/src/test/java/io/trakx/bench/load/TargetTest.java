package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @Test
  void readsHttpAndUdpOnBothFamilies() {
    assertThat(Target.parse("http://127.0.0.1:1337").path()).isEqualTo("/announce");
    assertThat(Target.parse("http://127.9.8.7:1337/announce.php").path())
        .isEqualTo("/announce.php");
    Target udp = Target.parse("udp://[::1]:1337");
    assertThat(udp.udp()).isTrue();
    assertThat(udp.host()).isEqualTo("[0:0:0:0:0:0:0:1]:1337");
    assertThat(udp.bytesPerPeer()).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.1:80/announce",
        "udp://10.0.0.1:1337",
        "http://0.0.0.0:1337",
        "http://[2001:db8::1]:1337",
        "http://[::]:1337",
        "udp://128.0.0.1:1337",
        "http://tracker.example:1337",
        "http://localhost:1337",
        "ftp://127.0.0.1:1337",
        "http://127.0.0.1",
        "http://127.0.0.1:0",
        "nonsense"
      })
  void refusesWhatIsNotALiteralLoopbackAddress(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> Target.parse(url));
  }
}
