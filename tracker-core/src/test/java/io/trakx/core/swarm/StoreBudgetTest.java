package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StoreBudgetTest {
  @Test
  void givesWhatThereIsAndTakesItBack() {
    StoreBudget budget = new StoreBudget(new StoreLimits(2, 1, 7));
    assertThat(budget.takePeer()).isTrue();
    assertThat(budget.takePeer()).isTrue();
    assertThat(budget.takePeer()).isFalse();
    assertThat(budget.peers()).isEqualTo(2);
    budget.returnPeer();
    assertThat(budget.takePeer()).isTrue();
    assertThat(budget.takeTorrent()).isTrue();
    assertThat(budget.takeTorrent()).isFalse();
    assertThat(budget.torrents()).isEqualTo(1);
    assertThat(budget.peersPerSwarm()).isEqualTo(7);
  }

  @Test
  void isScarceWhenFewerThanASixteenthIsLeft() {
    assertThat(freeWhenScarce(1)).isZero();
    assertThat(freeWhenScarce(15)).isZero();
    assertThat(freeWhenScarce(16)).isZero();
    assertThat(freeWhenScarce(17)).isEqualTo(1);
    assertThat(freeWhenScarce(32)).isEqualTo(1);
    assertThat(freeWhenScarce(33)).isEqualTo(2);
    assertThat(freeWhenScarce(1600)).isEqualTo(99);
  }

  @Tag("slow")
  @Test
  void refusesNobodyWhileThereIsRoom() {
    new ModelCheckingOptions()
        .logLevel(LoggingLevel.OFF)
        .iterations(10)
        .invocationsPerIteration(300)
        .threads(2)
        .actorsPerThread(4)
        .actorsBefore(0)
        .actorsAfter(1)
        .check(OnePlace.class);
  }

  private static long freeWhenScarce(int swarms) {
    StoreBudget budget = new StoreBudget(new StoreLimits(1, swarms, 1));
    while (!budget.torrentsScarce()) {
      budget.takeTorrent();
    }
    return swarms - budget.torrents();
  }

  /** A budget of one peer. */
  public static final class OnePlace {
    private final StoreBudget budget = new StoreBudget(new StoreLimits(1, 1, 1));

    @Operation
    public boolean take() {
      return budget.takePeer();
    }

    @Operation
    public void giveBack() {
      budget.returnPeer();
    }
  }
}
