package io.trakx.core.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Finds peers that an attacker who knew the key would choose: whose hashes are so close to the
 * largest that any small table wants them all at its last position and wraps around.
 */
final class CollidingPeers {
  /** One in as many hashes is taken; tables of fewer positions see one and the same. */
  private static final int ONE_IN = 4096;

  private CollidingPeers() {}

  static List<Peer> find(int wanted, IntFunction<Peer> candidates, ToIntFunction<Peer> hash) {
    List<Peer> found = new ArrayList<>();
    for (int i = 0; found.size() < wanted; i++) {
      Peer candidate = candidates.apply(i);
      if (Integer.compareUnsigned(hash.applyAsInt(candidate), -(int) ((1L << 32) / ONE_IN)) >= 0) {
        found.add(candidate);
      }
    }
    return found;
  }
}
