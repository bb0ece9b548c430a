package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.http.Deadline.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has to go when too much waits for slow clients. */
class UnsentBytesTest {
  private static final int MOST = 100;

  private final ConnectionReaper reaper =
      new ConnectionReaper(HttpOptions.defaults(200), System::nanoTime);
  private final UnsentBytes unsent = new UnsentBytes(reaper, MOST);
  private final List<String> shed = new ArrayList<>();

  /** A connection for whose client something waits. */
  private final class Client extends Deadline {
    private final String name;
    private boolean taking;
    private int waiting;

    Client(String name, Kind kind) {
      this.name = name;
      reaper.add(this);
      reaper.begin(this, kind);
    }

    Client takes() {
      taking = true;
      return this;
    }

    void isAnswered(int bytes) {
      waiting += bytes;
      unsent.add(bytes, this);
    }

    @Override
    void shed(boolean evenIfTaking) {
      if (waiting > 0 && (evenIfTaking || !taking)) {
        shed.add(name);
        int dropped = waiting;
        waiting = 0;
        unsent.add(-dropped, this);
      }
    }

    @Override
    void expired() {}

    @Override
    void stopping() {}

    @Override
    boolean cut() {
      return false;
    }
  }

  private Client writing(String name) {
    return new Client(name, Kind.WRITE);
  }

  @Test
  void nobodyUpToTheBound() {
    writing("a").isAnswered(50);
    writing("b").isAnswered(50);

    assertThat(shed).isEmpty();
  }

  @Test
  void theLongestWaitingUntilThreeQuartersOfTheBoundAreLeft() {
    writing("a").isAnswered(20);
    writing("b").isAnswered(20);
    writing("c").isAnswered(40);
    writing("d").isAnswered(30);

    assertThat(shed).containsExactly("a", "b");
  }

  @Test
  void whoAsksForNothingOrMoreOnlyAfterThem() {
    new Client("asking", Kind.REQUEST).isAnswered(20);
    new Client("idle", Kind.IDLE).isAnswered(20);
    writing("writing").isAnswered(20);
    writing("last").isAnswered(45);

    assertThat(shed).containsExactly("writing", "idle");
  }

  @Test
  void whoTakesSomethingOnlyIfTheOthersAreNotEnough() {
    writing("slow").takes().isAnswered(40);
    writing("dead").isAnswered(40);
    writing("next").isAnswered(30);
    assertThat(shed).containsExactly("dead");

    writing("large").isAnswered(60);
    assertThat(shed).containsExactly("dead", "next", "slow");
  }

  @Test
  void neverWhoIsBeingAnsweredJustNow() {
    writing("a").isAnswered(10);
    writing("b").isAnswered(500);

    assertThat(shed).containsExactly("a");
  }

  @Test
  void nobodyForWhomNothingWaits() {
    var _ = writing("idle");
    writing("a").isAnswered(60);
    writing("b").isAnswered(60);

    assertThat(shed).containsExactly("a");
  }
}
