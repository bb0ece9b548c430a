package io.trakx.core.stats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.Bytes20;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ClientSoftwareTest {
  private static ClientSoftware of(String peerId) {
    Bytes20 bytes = new Bytes20();
    bytes.read(Arrays.copyOf(peerId.getBytes(ISO_8859_1), Bytes20.BYTES), 0);
    return ClientSoftware.of(bytes);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "OTHER")
  void everyClientIsKnownByItsPrefix(ClientSoftware client) {
    assertThat(client.prefix()).hasSize(3);
    assertThat(of(client.prefix() + "4390-abcdefghijkl")).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource({
    "-qB5030-abcdefghijkl, QBITTORRENT",
    "-TR4050-abcdefghijkl, TRANSMISSION",
    "A2-1-36-0-abcdefghij, ARIA2",
    "-lt0D80-abcdefghijkl, RTORRENT",
    "-LT2090-abcdefghijkl, LIBTORRENT",
    "-QB4390-abcdefghijkl, OTHER",
    "qB4390-abcdefghijklm, OTHER",
    "M7-9-2--abcdefghijkl, OTHER",
  })
  void prefixesAreReadAsClientsWriteThem(String peerId, ClientSoftware client) {
    assertThat(of(peerId)).isEqualTo(client);
  }

  @Test
  void whatBeginsWithNoneOfThePrefixesIsOther() {
    Set<Integer> known = new HashSet<>();
    for (ClientSoftware client : ClientSoftware.values()) {
      Bytes20 bytes = new Bytes20();
      bytes.read(Arrays.copyOf(client.prefix().getBytes(ISO_8859_1), Bytes20.BYTES), 0);
      known.add(ClientTable.key(bytes.high()));
    }
    Random random = new Random(1);
    Bytes20 peerId = new Bytes20();
    for (int i = 0; i < 1_000_000; i++) {
      peerId.set(random.nextLong(), random.nextLong(), random.nextInt());
      if (!known.contains(ClientTable.key(peerId.high()))) {
        assertThat(ClientSoftware.of(peerId)).isEqualTo(ClientSoftware.OTHER);
      }
    }
  }

  @Test
  void labelsDiffer() {
    assertThat(ClientSoftware.values()).extracting(ClientSoftware::label).doesNotHaveDuplicates();
  }
}
