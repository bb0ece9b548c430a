package io.trakx.bench.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Where requests come from. Not thread-safe. */
sealed interface Requests {
  /** Chooses a slot's next request; false if there are no more for it. */
  boolean next(Slots slots, int slot);

  /** Hears what came of a request. */
  void finished(Slots slots, int slot, Verdict verdict);

  /** Requests at random, without end. */
  final class AtRandom implements Requests {
    private static final int MOST_TRIES = 1_000_000;

    private final Population population;
    private final SwarmChoice choice;
    private final RequestMix mix;
    private final SplittableRandom random;
    private final boolean ownSource;

    /**
     * @param ownSource whether a slot has one source, as a socket that stays has; else each request
     *     comes from the source that it happens to
     */
    AtRandom(
        Population population,
        SwarmChoice choice,
        RequestMix mix,
        SplittableRandom random,
        boolean ownSource) {
      this.population = population;
      this.choice = choice;
      this.mix = mix;
      this.random = random;
      this.ownSource = ownSource;
    }

    @Override
    public boolean next(Slots slots, int slot) {
      slots.choose(slot, peer(slot), mix.next(random));
      return true;
    }

    private long peer(int slot) {
      if (!ownSource) {
        return population.peer(choice.next(random), random);
      }
      int source = slot % population.sources();
      for (int i = 0; i < MOST_TRIES; i++) {
        long peer = population.peer(choice.next(random), source, random);
        if (peer >= 0) {
          return peer;
        }
      }
      throw new IllegalStateException("source " + source + " is in hardly any swarm");
    }

    @Override
    public void finished(Slots slots, int slot, Verdict verdict) {
      // What comes next does not depend on it.
    }
  }

  /**
   * Every peer from some on once, a source's peers one after the other; again where no good answer
   * came.
   *
   * <p>So many wrong answers as there are peers end it: then the tracker does not want to be
   * filled.
   */
  final class EachPeerOnce implements Requests {
    private final Population population;
    private final long firstPeer;
    private final long[] following;
    private long mistakesLeft;
    private int nextSource;
    private long done;

    EachPeerOnce(Population population, long firstPeer, int slots) {
      this.population = population;
      this.firstPeer = firstPeer;
      following = new long[slots];
      Arrays.fill(following, population.peers());
      mistakesLeft = population.peers() - firstPeer;
    }

    /** How many peers have been answered. */
    long done() {
      return done;
    }

    @Override
    public boolean next(Slots slots, int slot) {
      if (following[slot] >= population.peers()) {
        long next = firstPeer + nextSource;
        if (nextSource == population.sources() || next >= population.peers()) {
          return false;
        }
        nextSource++;
        following[slot] = next;
      }
      slots.choose(slot, following[slot], RequestKind.STARTED);
      following[slot] += population.sources();
      return true;
    }

    @Override
    public void finished(Slots slots, int slot, Verdict verdict) {
      if (verdict == Verdict.OK) {
        done++;
        return;
      }
      if (--mistakesLeft < 0) {
        throw new IllegalStateException("the tracker answers wrongly: " + verdict);
      }
      following[slot] = slots.peer(slot);
    }
  }
}
