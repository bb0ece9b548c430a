package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerCheckTest {
  private static final int SWARM = 3;
  private static final int IPV4_PEER_BYTES = 6;
  private static final int IPV6_PEER_BYTES = 18;

  private final Population population = new Population(10, 20, 7);
  private final PeerCheck check = new PeerCheck(population, 5, false);
  private final long asker = leecher(0);

  /** One of the leechers of the swarm, beginning with 0. */
  private long leecher(int ordinal) {
    long peer = SWARM * 20;
    for (int left = ordinal; left >= 0; peer++) {
      if (!population.seeds(peer)) {
        left--;
      }
    }
    return peer - 1;
  }

  private void put(ByteBuffer answer, long peer) {
    answer.putInt(Population.address(population.source(peer)));
    answer.putShort((short) population.port(peer));
  }

  private ByteBuffer given(long... peers) {
    ByteBuffer answer = ByteBuffer.allocate(1000).putShort((short) 0);
    for (long peer : peers) {
      put(answer, peer);
    }
    return answer.flip().position(2);
  }

  private Verdict judge(PeerCheck with, RequestKind kind, ByteBuffer answer) {
    with.begin(asker, kind);
    with.add(answer, 2, answer.remaining() / IPV4_PEER_BYTES, IPV4_PEER_BYTES);
    return with.end(2, 4);
  }

  private Verdict judge(long... peers) {
    return judge(check, RequestKind.ANNOUNCE, given(peers));
  }

  @Test
  void takesAnyOtherPeersOfTheSwarm() {
    assertThat(judge(leecher(1), leecher(4), leecher(2), leecher(3), leecher(5)))
        .isEqualTo(Verdict.OK);
  }

  @Test
  void catchesPeersThatAreNotOfTheSwarm() {
    long other = leecher(1) + 20;
    assertThat(judge(other, leecher(4), leecher(2), leecher(3), leecher(5)))
        .isEqualTo(Verdict.FOREIGN_PEER);
    ByteBuffer otherAddress = given(leecher(1), leecher(4), leecher(2), leecher(3), leecher(5));
    otherAddress.put(5, (byte) 99);
    assertThat(judge(check, RequestKind.ANNOUNCE, otherAddress)).isEqualTo(Verdict.FOREIGN_PEER);
  }

  @Test
  void catchesTheAskerUnlessThatIsAllowed() {
    long[] peers = {leecher(1), leecher(4), asker, leecher(3), leecher(5)};
    assertThat(judge(peers)).isEqualTo(Verdict.ASKER_GIVEN);
    PeerCheck lenient = new PeerCheck(population, 5, true);
    assertThat(judge(lenient, RequestKind.ANNOUNCE, given(peers))).isEqualTo(Verdict.OK);
  }

  @Test
  void catchesAPeerGivenTwice() {
    assertThat(judge(leecher(1), leecher(4), leecher(1), leecher(3), leecher(5)))
        .isEqualTo(Verdict.PEER_GIVEN_TWICE);
  }

  @Test
  void wantsAsManyAsTheSwarmHasForTheAsker() {
    ByteBuffer four = given(leecher(1), leecher(4), leecher(2), leecher(3));
    ByteBuffer three = given(leecher(1), leecher(4), leecher(2));
    assertThat(judge(check, RequestKind.ANNOUNCE, four)).isEqualTo(Verdict.TOO_FEW_PEERS);
    assertThat(judge(check, RequestKind.COMPLETED, four)).isEqualTo(Verdict.OK);
    assertThat(judge(check, RequestKind.COMPLETED, three)).isEqualTo(Verdict.TOO_FEW_PEERS);
    assertThat(judge(check, RequestKind.STOPPED, given())).isEqualTo(Verdict.OK);
  }

  @Test
  void knowsIpv6PeersByTheirPorts() {
    ByteBuffer answer = ByteBuffer.allocate(100);
    for (int i = 1; i <= 5; i++) {
      answer.putLong(0).putLong(1).putShort((short) population.port(leecher(i)));
    }
    check.begin(asker, RequestKind.ANNOUNCE);
    check.add(answer, 0, 5, IPV6_PEER_BYTES);
    assertThat(check.end(2, 4)).isEqualTo(Verdict.OK);
    answer.put(15, (byte) 2);
    check.begin(asker, RequestKind.ANNOUNCE);
    check.add(answer, 0, 5, IPV6_PEER_BYTES);
    assertThat(check.end(2, 4)).isEqualTo(Verdict.FOREIGN_PEER);
  }

  @Test
  void isDueForOneAnnounceInSixtyFour() {
    List<Integer> due =
        IntStream.range(0, 130).filter(i -> check.isDue(RequestKind.ANNOUNCE)).boxed().toList();
    assertThat(due).containsExactly(0, 64, 128);
    assertThat(check.isDue(RequestKind.SCRAPE)).isFalse();
  }
}
