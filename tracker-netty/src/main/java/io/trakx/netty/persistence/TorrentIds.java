package io.trakx.netty.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.Bytes20;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ids that the embedded database was asked for lately. A torrent in which something has changed
 * changes again soon, and to look it up costs more than to write what has changed.
 *
 * <p>Must hear of everything that is deleted. Used by one thread.
 */
final class TorrentIds {
  /** Of some 120 bytes each. */
  private static final int MOST = 1 << 16;

  private final SipHash sipHash;
  private final Cache<InfoHash, Long> ids =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  TorrentIds() {
    SecureRandom secrets = new SecureRandom();
    sipHash = new SipHash(secrets.nextLong(), secrets.nextLong());
  }

  /**
   * Twenty bytes.
   *
   * @param hash keyed: who chooses info-hashes must not choose where they fall
   */
  private record InfoHash(long high, long middle, int low, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }
  }

  private InfoHash key(Bytes20 infoHash) {
    long last = SipHash.lastWord(Bytes20.BYTES, Integer.toUnsignedLong(infoHash.low()));
    int hash = (int) sipHash.hash(infoHash.high(), infoHash.middle(), last);
    return new InfoHash(infoHash.high(), infoHash.middle(), infoHash.low(), hash);
  }

  /** The torrent's id, or null if it is not known here. */
  @Nullable Long find(Bytes20 infoHash) {
    return ids.getIfPresent(key(infoHash));
  }

  /**
   * Remembers an id.
   *
   * @param id of a row that is committed
   */
  void add(Bytes20 infoHash, long id) {
    ids.put(key(infoHash), id);
  }

  /** Forgets all: some may have been deleted. */
  void clear() {
    ids.invalidateAll();
  }
}
