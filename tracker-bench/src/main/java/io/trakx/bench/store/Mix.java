package io.trakx.bench.store;

/** Spreads small numbers over all values, one to one, at the cost of a few nanoseconds. */
final class Mix {
  private Mix() {}

  /** The finaliser of MurmurHash3's 64-bit variant (Appleby, 2011; constants of Stafford). */
  static long mix(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The finaliser of MurmurHash3's 32-bit variant (Appleby, 2011). */
  static int mix(int number) {
    int z = number + 0x9e3779b9;
    z = (z ^ (z >>> 16)) * 0x85ebca6b;
    z = (z ^ (z >>> 13)) * 0xc2b2ae35;
    return z ^ (z >>> 16);
  }
}
