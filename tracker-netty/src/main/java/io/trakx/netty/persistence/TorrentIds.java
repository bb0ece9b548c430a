package io.trakx.netty.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trakx.core.protocol.Bytes20;
import org.jspecify.annotations.Nullable;

/**
 * Ids that the embedded database was asked for lately. A torrent in which something has changed
 * changes again soon, and to look it up costs more than to write what has changed.
 *
 * <p>Must hear of everything that is deleted. Used by one thread.
 */
final class TorrentIds {
  /** Of about a hundred bytes each. */
  private static final int MOST = 1 << 16;

  private final Cache<InfoHash, Long> ids =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record InfoHash(long high, long middle, int low) {
    static InfoHash of(Bytes20 infoHash) {
      return new InfoHash(infoHash.high(), infoHash.middle(), infoHash.low());
    }
  }

  /** The torrent's id, or null if it is not known here. */
  @Nullable Long find(Bytes20 infoHash) {
    return ids.getIfPresent(InfoHash.of(infoHash));
  }

  /**
   * Remembers an id.
   *
   * @param id of a row that is committed
   */
  void add(Bytes20 infoHash, long id) {
    ids.put(InfoHash.of(infoHash), id);
  }

  /** Forgets all: some may have been deleted. */
  void clear() {
    ids.invalidateAll();
  }
}
