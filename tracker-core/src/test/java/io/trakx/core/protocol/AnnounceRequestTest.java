package io.trakx.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnnounceRequestTest {
  private final AnnounceRequest request = new AnnounceRequest();

  @Test
  void isALeechersUnlessItLacksNothing() {
    assertThat(seeder(AnnounceEvent.NONE, 0)).isTrue();
    assertThat(seeder(AnnounceEvent.STARTED, 0)).isTrue();
    assertThat(seeder(AnnounceEvent.NONE, 1)).isFalse();
    assertThat(seeder(AnnounceEvent.NONE, Long.MAX_VALUE)).isFalse();
    assertThat(seeder(AnnounceEvent.NONE, AnnounceRequest.LEFT_UNKNOWN)).isFalse();
  }

  @Test
  void isASeedersOnCompletedWhateverIsLeft() {
    assertThat(seeder(AnnounceEvent.COMPLETED, 1)).isTrue();
    assertThat(seeder(AnnounceEvent.COMPLETED, AnnounceRequest.LEFT_UNKNOWN)).isTrue();
  }

  @Test
  void isNoSeedersOnPaused() {
    assertThat(seeder(AnnounceEvent.PAUSED, 0)).isFalse();
    assertThat(seeder(AnnounceEvent.PAUSED, 1)).isFalse();
  }

  @Test
  void resetsAllThatAClientMayLeaveOut() {
    request.event(AnnounceEvent.COMPLETED);
    request.uploaded(1);
    request.downloaded(2);
    request.left(3);
    request.numwant(4);
    request.compact(false);
    request.withPeerIds(true);
    request.bothFamilies(false);
    request.address().port(5);
    request.reset();
    assertThat(request).usingRecursiveComparison().isEqualTo(new AnnounceRequest());
  }

  private boolean seeder(AnnounceEvent event, long left) {
    request.event(event);
    request.left(left);
    return request.seeder();
  }
}
