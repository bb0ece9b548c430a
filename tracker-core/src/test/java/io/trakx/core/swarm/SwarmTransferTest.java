package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How swarms leave a store and enter another; that nothing changes on the way is the contract's.
 */
class SwarmTransferTest {
  private static final int TIMEOUT_MINUTES = 45;
  private static final StoreLimits ROOMY = new StoreLimits(1_000_000, 1_000_000, 1_000_000);

  private final SwarmStore source = new SwarmStore(ROOMY, new Random(1), 2, false);
  private final SwarmSlice slice = new SwarmSlice();
  private SwarmStore target = new SwarmStore(ROOMY, new Random(2), 4, false);

  @AfterEach
  void storesAreSound() {
    StoreInvariants.check(source);
    StoreInvariants.check(target);
  }

  @Test
  void leavesOutPeersThatAreTooOldWithTheTimeThatHasPassed() {
    announce(source, Peer.ipv4(1).leeching(Peer.infoHash(1)), 100);
    announce(source, Peer.ipv4(2).leeching(Peer.infoHash(1)), 99);
    announce(source, Peer.ipv6(3).seeding(Peer.infoHash(2)), 80);
    SwarmImport result = transfer(110, 7, 35);
    assertThat(result.peers()).isEqualTo(1);
    assertThat(result.tooOld()).isEqualTo(2);
    assertThat(result.torrents()).isEqualTo(1);
    assertThat(target.sweep(7, TIMEOUT_MINUTES, () -> {}).cleaned()).isZero();
    assertThat(target.sweep(8, TIMEOUT_MINUTES, () -> {}).cleaned()).isEqualTo(1);
  }

  @Test
  void aPeerSeenAfterTheExportBeganIsNew() {
    announce(source, Peer.ipv4(1).leeching(Peer.infoHash(1)), 105);
    assertThat(transfer(100, 0, TIMEOUT_MINUTES).peers()).isEqualTo(1);
  }

  @Test
  void keepsToTheLimitsOfTheStore() {
    for (int peer = 0; peer < 20; peer++) {
      announce(source, Peer.ipv4(peer).leeching(Peer.infoHash(1)), 0);
      announce(source, Peer.ipv4(peer).leeching(Peer.infoHash(2 + peer)), 0);
    }
    target = new SwarmStore(new StoreLimits(15, 5, 12), new Random(2), 4, false);
    SwarmImport result = transfer(0, 0, 0);
    assertThat(result.peers()).isEqualTo(target.totals().peers()).isLessThanOrEqualTo(15);
    assertThat(result.refused()).isEqualTo(40 - result.peers());
    assertThat(target.totals().torrents()).isLessThanOrEqualTo(5);
  }

  @Test
  void aPeerThatIsThereStaysAsItIs() {
    announce(source, Peer.ipv4(1).leeching(Peer.infoHash(1)), 0);
    announce(target, Peer.ipv4(1).seeding(Peer.infoHash(1)), 0);
    assertThat(transfer(0, 0, 0).peers()).isZero();
    assertThat(target.totals().seeders()).isEqualTo(1);
    assertThat(target.totals().leechers()).isZero();
  }

  @Test
  void refusesAnAddressOfTheOtherFamily() {
    slice.infoHash().set(0, 0, 1);
    slice.peers(AddressFamily.IPV6, true, 1);
    slice.addresses()[10] = (byte) 0xff;
    slice.addresses()[11] = (byte) 0xff;
    SwarmImport result = new SwarmImport(target, 0, 0, TIMEOUT_MINUTES);
    result.add(slice);
    assertThat(result.refused()).isEqualTo(1);
    assertThat(target.totals().peers()).isZero();
  }

  @Test
  void everyPeerThatStaysIsExportedWhileOthersComeAndGo() {
    int staying = 3 * SwarmSlice.MAX_PEERS;
    for (int peer = 0; peer < staying; peer++) {
      announce(source, Peer.ipv4(peer).announcing(Peer.infoHash(1), peer % 2 == 0), 0);
      announce(source, Peer.ipv4(peer).leeching(Peer.infoHash(2 + peer)), 0);
    }
    Map<Integer, Integer> seen = new HashMap<>();
    SwarmExport export = new SwarmExport(source, 0);
    for (int step = 0; export.next(slice); step++) {
      seen.merge(slice.infoHash().low(), slice.size(), Integer::sum);
      AnnounceRequest request = Peer.ipv4(step).leeching(Peer.infoHash(-1 - step));
      announce(source, request, 0);
      request = Peer.ipv4(step / 2).leeching(Peer.infoHash(-1 - step / 2));
      request.event(AnnounceEvent.STOPPED);
      announce(source, request, 0);
    }
    for (int torrent = 1; torrent < 2 + staying; torrent++) {
      int peers = torrent == 1 ? staying : 1;
      assertThat(seen.get(torrent)).as("peers of %d", torrent).isGreaterThanOrEqualTo(peers);
    }
  }

  private SwarmImport transfer(int sourceMinute, int targetMinute, int elapsedMinutes) {
    SwarmExport export = new SwarmExport(source, sourceMinute);
    SwarmImport result = new SwarmImport(target, targetMinute, elapsedMinutes, TIMEOUT_MINUTES);
    while (export.next(slice)) {
      result.add(slice);
    }
    return result;
  }

  private static AnnounceOutcome announce(SwarmStore store, AnnounceRequest request, int minute) {
    return store.announce(request, 0, minute, new AnnounceResponse(0));
  }
}
