package io.trakx.core.access;

import io.trakx.core.protocol.Bytes20;
import org.jspecify.annotations.Nullable;

/**
 * Which torrents are denied and, if the tracker is closed, which alone are allowed. Immutable.
 *
 * @param denied never served, whatever the allow list says
 * @param allowed the only ones served, or null if all are
 */
public record AccessLists(InfoHashList denied, @Nullable InfoHashList allowed) {
  /** Lists that permit everything. */
  public static final AccessLists OPEN = new AccessLists(InfoHashList.EMPTY, null);

  /** Whether a torrent may be announced and scraped. */
  public boolean permits(Bytes20 infoHash) {
    return !denied.contains(infoHash) && (allowed == null || allowed.contains(infoHash));
  }

  /** Whether a torrent is on the deny list. */
  public boolean denies(Bytes20 infoHash) {
    return denied.contains(infoHash);
  }

  /** Why a torrent on the deny list is there, or null if the operator gave no reason. */
  public @Nullable String denialReason(Bytes20 infoHash) {
    return denied.reason(infoHash);
  }
}
