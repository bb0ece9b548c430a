package io.trakx.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.access.InfoHashList;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.AnnounceWarning;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.core.swarm.SweepResult;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryTrackerTest {
  private static final AnnouncePolicy POLICY = new AnnouncePolicy(1800, 3, 900, 2, 5, 45);

  private final Counters counters = new Counters();
  private final AccessControl access = new AccessControl(AccessLists.OPEN);
  private final AnnounceResponse response = new AnnounceResponse(10);
  private final Answer answer = new Answer();
  private int minute;
  private InMemoryTracker tracker = tracker(new StoreLimits(100, 100, 100));

  @Test
  void listsAPeerAndTellsItWhenToComeBack() {
    announce(leecher(1, 1));
    assertThat(answer.announced).isEqualTo(1);
    assertThat(response.incomplete()).isEqualTo(1);
    assertThat(response.minIntervalSeconds()).isEqualTo(900);
    assertThat(response.warning()).isNull();
    assertCounted(TrackerCounter.ANNOUNCES, TrackerCounter.PEERS_ADDED);
  }

  @Test
  void spreadsIntervalsOverTheWholeJitter() {
    Set<Integer> intervals = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      announce(leecher(1, 1));
      intervals.add(response.intervalSeconds());
    }
    assertThat(intervals).containsExactly(1800, 1801, 1802, 1803);
  }

  @Test
  void addsNothingToTheIntervalWithoutJitter() {
    tracker = tracker(new AnnouncePolicy(1800, 0, 900, 2, 5, 45), new StoreLimits(9, 9, 9));
    announce(leecher(1, 1));
    assertThat(response.intervalSeconds()).isEqualTo(1800);
  }

  @Test
  void countsEveryEventAndOutcome() {
    AnnounceRequest request = leecher(1, 1);
    request.event(AnnounceEvent.STARTED);
    announce(request);
    assertCounted(
        TrackerCounter.ANNOUNCES, TrackerCounter.EVENTS_STARTED, TrackerCounter.PEERS_ADDED);
    request.event(AnnounceEvent.PAUSED);
    announce(request);
    assertThat(counters.get(TrackerCounter.EVENTS_PAUSED)).isEqualTo(1);
    request.event(AnnounceEvent.COMPLETED);
    announce(request);
    announce(request);
    assertThat(counters.get(TrackerCounter.EVENTS_COMPLETED)).isEqualTo(2);
    assertThat(counters.get(TrackerCounter.DOWNLOADS_COMPLETED)).isEqualTo(1);
    request.event(AnnounceEvent.STOPPED);
    announce(request);
    announce(request);
    assertThat(counters.get(TrackerCounter.EVENTS_STOPPED)).isEqualTo(2);
    assertThat(counters.get(TrackerCounter.PEERS_STOPPED)).isEqualTo(1);
    assertThat(counters.get(TrackerCounter.PEERS_ADDED)).isEqualTo(1);
    assertThat(counters.get(TrackerCounter.ANNOUNCES)).isEqualTo(6);
    assertThat(counters.get(TrackerCounter.ANNOUNCES_REFUSED)).isZero();
  }

  @Test
  void warnsWhomItCannotList() {
    tracker = tracker(new StoreLimits(1, 9, 9));
    announce(leecher(1, 1));
    announce(leecher(1, 2));
    assertThat(response.warning()).isEqualTo(AnnounceWarning.NOT_LISTED);
    assertThat(response.peers(AddressFamily.IPV4).size()).isEqualTo(1);
    assertThat(counters.get(TrackerCounter.PEERS_NOT_LISTED)).isEqualTo(1);
    announce(leecher(1, 1));
    assertThat(response.warning()).as("of the answer before").isNull();
  }

  @Test
  void grantsPeersByItsPolicy() {
    for (int i = 0; i < 9; i++) {
      announce(leecher(1, i));
    }
    assertThat(peersGiven(AnnounceRequest.NUMWANT_DEFAULT)).isEqualTo(2);
    assertThat(peersGiven(0)).isZero();
    assertThat(peersGiven(4)).isEqualTo(4);
    assertThat(peersGiven(100)).isEqualTo(5);
  }

  @Test
  void refusesDeniedTorrentsWithTheOperatorsReason() throws Exception {
    access.replace(new AccessLists(list(1, "court order"), null));
    announce(leecher(1, 1));
    assertThat(answer.reason).isEqualTo(FailureReason.TORRENT_DENIED);
    assertThat(answer.detail).isEqualTo("court order");
    assertThat(answer.announced).isZero();
    assertCounted(TrackerCounter.ANNOUNCES_REFUSED, TrackerCounter.DENIED);
    announce(leecher(2, 1));
    assertThat(answer.announced).isEqualTo(1);
  }

  @Test
  void refusesTorrentsThatAnAllowListLacks() throws Exception {
    access.replace(new AccessLists(InfoHashList.EMPTY, list(1, "")));
    announce(leecher(2, 1));
    assertThat(answer.reason).isEqualTo(FailureReason.TORRENT_NOT_ALLOWED);
    assertThat(answer.detail).isNull();
    assertCounted(TrackerCounter.ANNOUNCES_REFUSED, TrackerCounter.NOT_ALLOWED);
    announce(leecher(1, 1));
    assertThat(answer.announced).isEqualTo(1);
  }

  @Test
  void deniesWhatBothListsName() throws Exception {
    access.replace(new AccessLists(list(1, "gone"), list(1, "")));
    announce(leecher(1, 1));
    assertThat(answer.reason).isEqualTo(FailureReason.TORRENT_DENIED);
  }

  @Test
  void scrapesInTheOrderAskedAndShowsZerosForUnknownAndDeniedTorrents() throws Exception {
    announce(leecher(1, 1));
    announce(leecher(2, 1));
    AnnounceRequest seeder = leecher(2, 2);
    seeder.left(0);
    announce(seeder);
    access.replace(new AccessLists(list(1, ""), null));
    Scrape scrape = new Scrape(4);
    for (int torrent : new int[] {3, 1, 2, 2}) {
      assertThat(scrape.add(HexFormat.of().parseHex(hex(torrent)), 0)).isTrue();
    }
    assertThat(scrape.add(new byte[20], 0)).as("no room").isFalse();
    // What an earlier scrape left behind.
    for (int i = 0; i < 4; i++) {
      scrape.figures(i, 7, 7, 7);
    }
    int[] calls = {0};
    tracker.scrape(
        scrape,
        scraped -> {
          assertThat(scraped).isSameAs(scrape);
          calls[0]++;
        });
    assertThat(calls[0]).isEqualTo(1);
    assertThat(figures(scrape, 0)).containsExactly(0, 0, 0);
    assertThat(figures(scrape, 1)).containsExactly(0, 0, 0);
    assertThat(figures(scrape, 2)).containsExactly(1, 1, 0);
    assertThat(figures(scrape, 3)).containsExactly(1, 1, 0);
    assertThat(counters.get(TrackerCounter.SCRAPES)).isEqualTo(1);
  }

  @Test
  void sweepsByItsPolicyAndCountsWhatWent() {
    announce(leecher(1, 1));
    minute = 45;
    assertThat(tracker.sweep(() -> {})).isEqualTo(new SweepResult(0, 0));
    minute = 46;
    assertThat(tracker.sweep(() -> {})).isEqualTo(new SweepResult(1, 0));
    assertThat(counters.get(TrackerCounter.PEERS_CLEANED)).isEqualTo(1);
  }

  @Test
  void countsTorrentsForgottenForWantOfRoom() {
    tracker = tracker(new StoreLimits(9, 1, 9));
    AnnounceRequest request = leecher(1, 1);
    announce(request);
    request.event(AnnounceEvent.COMPLETED);
    announce(request);
    request.event(AnnounceEvent.STOPPED);
    announce(request);
    assertThat(tracker.sweep(() -> {})).isEqualTo(new SweepResult(0, 1));
    assertThat(counters.get(TrackerCounter.TORRENTS_FORGOTTEN)).isEqualTo(1);
  }

  @Test
  void keepsPeersAsTheMinutesWrapAround() {
    minute = Integer.MAX_VALUE - 20;
    for (int i = 0; i < 50; i++) {
      announce(leecher(1, 1));
      minute += 10;
      assertThat(tracker.sweep(() -> {}).cleaned()).isZero();
    }
    minute += 36;
    assertThat(tracker.sweep(() -> {}).cleaned()).isEqualTo(1);
  }

  private InMemoryTracker tracker(StoreLimits limits) {
    return tracker(POLICY, limits);
  }

  private InMemoryTracker tracker(AnnouncePolicy policy, StoreLimits limits) {
    SwarmStore store = new SwarmStore(limits, new Random(1));
    return new InMemoryTracker(store, policy, access, counters, () -> minute, new Random(1));
  }

  private void announce(AnnounceRequest request) {
    tracker.announce(request, response, answer);
  }

  private int peersGiven(int numwant) {
    AnnounceRequest request = leecher(1, 1);
    request.numwant(numwant);
    announce(request);
    return response.peers(AddressFamily.IPV4).size();
  }

  private static AnnounceRequest leecher(int torrent, int number) {
    AnnounceRequest request = new AnnounceRequest();
    request.infoHash().set(0, 0, torrent);
    request.peerId().set(0, 0, number);
    request.address().ipv4(number);
    request.address().port(6881);
    request.left(1);
    return request;
  }

  private static InfoHashList list(int torrent, String reason) throws Exception {
    return InfoHashList.parse(List.of(hex(torrent) + " " + reason));
  }

  private static String hex(int torrent) {
    return "%040x".formatted(torrent);
  }

  private static int[] figures(Scrape scrape, int index) {
    return new int[] {scrape.complete(index), scrape.incomplete(index), scrape.downloaded(index)};
  }

  /** Asserts that these counters stand at one and all others at zero. */
  private void assertCounted(TrackerCounter... counted) {
    List<TrackerCounter> once = List.of(counted);
    for (TrackerCounter counter : TrackerCounter.values()) {
      assertThat(counters.get(counter)).as(counter.key()).isEqualTo(once.contains(counter) ? 1 : 0);
    }
  }

  /** Notes what the tracker answers. */
  private static final class Answer implements AnnounceResponder {
    private int announced;
    private @Nullable FailureReason reason;
    private @Nullable String detail;

    @Override
    public void announced(AnnounceRequest request, AnnounceResponse response) {
      announced++;
    }

    @Override
    public void refused(AnnounceRequest request, FailureReason reason, @Nullable String detail) {
      this.reason = reason;
      this.detail = detail;
    }
  }
}
