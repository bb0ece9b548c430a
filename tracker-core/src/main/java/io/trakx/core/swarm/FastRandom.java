package io.trakx.core.swarm;

/**
 * A small, quick source of random numbers (Marsaglia: "Xorshift RNGs", 2003, with a multiplication
 * at the end). Good for sampling, no secret. Guarded by whoever owns it.
 */
final class FastRandom {
  private long state;

  FastRandom(long seed) {
    state = seed == 0 ? 0x9e3779b97f4a7c15L : seed;
  }

  /** A number from 0 to {@code bound - 1}; {@code bound} is 1 or more. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  private long next() {
    state ^= state >>> 12;
    state ^= state << 25;
    state ^= state >>> 27;
    return state * 0x2545f4914f6cdd1dL;
  }
}
