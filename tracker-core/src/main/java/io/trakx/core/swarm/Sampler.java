package io.trakx.core.swarm;

import io.trakx.core.protocol.PeerList;

/**
 * Takes fair samples of a {@link PeerTable} by bulk copies.
 *
 * <p>A role's peers are a random permutation, so a window of them, from a random offset and around
 * the end to the start, holds each peer with the same probability. The asking peer is left out by
 * cutting the window around it: no sample takes more than three copies a role.
 */
final class Sampler {
  private Sampler() {}

  /**
   * Appends up to {@code wanted} peers to {@code target}.
   *
   * @param leechersOnly whether seeders are left out, as a seeder has no use for them
   * @param self the asking peer's place in {@code table}, or {@link PeerTable#ABSENT}
   */
  static void sample(
      PeerTable table,
      int wanted,
      boolean leechersOnly,
      int self,
      boolean withIds,
      FastRandom random,
      PeerList target) {
    boolean selfSeeds = self != PeerTable.ABSENT && PeerTable.isSeeder(self);
    boolean selfLeeches = self != PeerTable.ABSENT && !PeerTable.isSeeder(self);
    int seeders = leechersOnly ? 0 : table.seeders() - (selfSeeds ? 1 : 0);
    int leechers = table.leechers() - (selfLeeches ? 1 : 0);
    int count = Math.min(wanted, seeders + leechers);
    if (count <= 0) {
      return;
    }
    int fromSeeders = share(count, seeders, seeders + leechers, random);
    if (fromSeeders > 0) {
      int skipped = selfSeeds ? self : PeerTable.ABSENT;
      window(table, true, seeders, skipped, fromSeeders, withIds, random, target);
    }
    if (fromSeeders < count) {
      int skipped = selfLeeches ? self : PeerTable.ABSENT;
      window(table, false, leechers, skipped, count - fromSeeders, withIds, random, target);
    }
  }

  /** How many of {@code count} come from {@code part} of {@code all}, rounded at random, fairly. */
  private static int share(int count, int part, int all, FastRandom random) {
    return (int) (((long) count * part + random.below(all)) / all);
  }

  /** Copies {@code count} of the {@code size} peers of a role that are not at {@code skipped}. */
  private static void window(
      PeerTable table,
      boolean seeder,
      int size,
      int skipped,
      int count,
      boolean withIds,
      FastRandom random,
      PeerList target) {
    int firstSlot = table.firstSlot(seeder);
    int hole = skipped == PeerTable.ABSENT ? size : table.slot(skipped) - firstSlot;
    int start = random.below(size);
    int untilEnd = Math.min(count, size - start);
    range(table, firstSlot, start, start + untilEnd, hole, withIds, target);
    range(table, firstSlot, 0, count - untilEnd, hole, withIds, target);
  }

  /**
   * Copies the peers from {@code from} to {@code to - 1}, counted as if the hole were not there.
   */
  private static void range(
      PeerTable table,
      int firstSlot,
      int from,
      int to,
      int hole,
      boolean withIds,
      PeerList target) {
    int split = Math.clamp(hole, from, to);
    copy(table, firstSlot + from, split - from, withIds, target);
    copy(table, firstSlot + split + 1, to - split, withIds, target);
  }

  private static void copy(PeerTable table, int slot, int count, boolean withIds, PeerList target) {
    if (count > 0) {
      int idOffset = withIds ? table.idOffset(slot) : -1;
      target.append(table.rows(), table.addressOffset(slot), idOffset, count);
    }
  }
}
