package io.trakx.netty.snapshot;

import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.PendingCompletions;
import io.trakx.core.swarm.SwarmExport;
import io.trakx.core.swarm.SwarmSlice;
import io.trakx.core.swarm.SwarmStore;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a store holds, as values that can be compared. */
record Contents(Set<String> peers, Map<String, String> torrents) {
  /** All of a store, with ages as they are at {@code minute}. */
  static Contents of(SwarmStore store, int minute) {
    Set<String> peers = new TreeSet<>();
    Map<String, String> torrents = new TreeMap<>();
    SwarmExport export = new SwarmExport(store, minute);
    SwarmSlice slice = new SwarmSlice();
    while (export.next(slice)) {
      String infoHash = slice.infoHash().toString();
      torrents.put(infoHash, slice.completed() + (slice.stored() ? " stored" : ""));
      for (int i = 0; i < slice.size(); i++) {
        int width = slice.family().compactBytes();
        peers.add(
            String.join(
                " ",
                infoHash,
                slice.seeder() ? "seeds" : "leeches",
                hex(slice.addresses(), i * width, width),
                Short.toString(ByteBuffer.wrap(slice.ages()).getShort(i * SwarmSlice.AGE_BYTES)),
                hex(slice.ids(), i * Bytes20.BYTES, Bytes20.BYTES)));
      }
    }
    return new Contents(peers, torrents);
  }

  /** All of what is pending, in flight apart. */
  static Map<String, String> of(PendingCompletions pending) {
    Map<String, String> entries = new TreeMap<>();
    Bytes20 infoHash = new Bytes20();
    for (int i = 0; i < pending.size(); i++) {
      pending.infoHash(i, infoHash);
      entries.put(infoHash.toString(), pending.pending(i) + " " + pending.inFlight(i));
    }
    return entries;
  }

  private static String hex(byte[] bytes, int from, int length) {
    return HexFormat.of().formatHex(bytes, from, from + length);
  }
}
