package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.PeerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedAddressTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.parse(List.of("10.0.0.0/8", "fd00::/8"));

  /** The client that lines of the header name, or null if they name none. */
  private static @Nullable PeerAddress client(String... values) {
    StringBuilder text = new StringBuilder("GET /announce HTTP/1.1\r\n");
    for (String value : values) {
      text.append("X-Forwarded-For: ").append(value).append("\r\n");
    }
    byte[] buffer = Latin1.bytes(text + "Host: a\r\n\r\n");
    RequestHead head = HeadAgreement.newHead();
    assertThat(head.parse(buffer, 0, buffer.length)).isPositive();
    PeerAddress address = new PeerAddress();
    address.port(6881);
    return ForwardedAddress.find(buffer, head, PROXIES, address) ? address : null;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1                                   | 192.0.2.1",
        "192.0.2.1, 10.0.0.1                         | 192.0.2.1",
        "192.0.2.1,10.0.0.1 , fd00::1                | 192.0.2.1",
        "198.51.100.7, 192.0.2.1, 10.0.0.1           | 192.0.2.1",
        "forged, 192.0.2.1, 10.0.0.1                 | 192.0.2.1",
        "10.0.0.9, 192.0.2.1                         | 192.0.2.1",
        "192.0.2.1:50000, [fd00::1]:443              | 192.0.2.1",
        "2001:db8::1                                 | 2001:db8::1",
        "[2001:db8::1]:6881                          | 2001:db8::1",
        "10.0.0.2, 10.0.0.1                          | 10.0.0.2",
      })
  void rightmostUntrustedAddressIsTheClient(String value, String expected) {
    assertThat(client(value))
        .usingRecursiveComparison()
        .ignoringFields("port")
        .isEqualTo(TrustedProxiesTest.address(expected));
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(client("198.51.100.7", "192.0.2.1 ,10.0.0.2", "\t10.0.0.1"))
        .usingRecursiveComparison()
        .ignoringFields("port")
        .isEqualTo(TrustedProxiesTest.address("192.0.2.1"));
  }

  @Test
  void portIsNotTheHeadersToSay() {
    PeerAddress client = client("192.0.2.1:50000");

    assertThat(client).isNotNull().extracting(PeerAddress::port).isEqualTo(6881);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "192.0.2.1,",
        "192.0.2.1, unknown",
        "192.0.2.1, 10.0.0.1, _proxy",
        "192.0.2.1;",
        "unknown, 10.0.0.1",
        ", 10.0.0.1",
        "192.0.2.1 10.0.0.1"
      })
  void whatIsNoAddressOnTheWayIsNotPassedOver(String value) {
    assertThat(client(value)).isNull();
  }

  @Test
  void emptyLineBelowIsNotPassedOver() {
    assertThat(client("192.0.2.1", "")).isNull();
  }

  @Test
  void missingHeaderNamesNobody() {
    assertThat(client()).isNull();
  }
}
