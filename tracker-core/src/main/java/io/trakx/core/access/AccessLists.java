package io.trakx.core.access;

import io.trakx.core.protocol.Bytes20;
import org.jspecify.annotations.Nullable;

/**
 * Which torrents are denied or banned and, if the tracker is closed, which alone are allowed.
 * Immutable.
 *
 * @param denied never served, whatever the allow list says
 * @param banned the same, kept elsewhere and so replaced on its own
 * @param allowed the only ones served, or null if all are
 */
public record AccessLists(
    InfoHashList denied, InfoHashList banned, @Nullable InfoHashList allowed) {
  /** Lists that permit everything. */
  public static final AccessLists OPEN = new AccessLists(InfoHashList.EMPTY, null);

  /** Lists without bans. */
  public AccessLists(InfoHashList denied, @Nullable InfoHashList allowed) {
    this(denied, InfoHashList.EMPTY, allowed);
  }

  /** The same with other bans. */
  public AccessLists withBans(InfoHashList bans) {
    return new AccessLists(denied, bans, allowed);
  }

  /** Whether a torrent may be announced and scraped. */
  public boolean permits(Bytes20 infoHash) {
    return !denies(infoHash) && (allowed == null || allowed.contains(infoHash));
  }

  /** Whether a torrent is on the deny list or banned. */
  public boolean denies(Bytes20 infoHash) {
    return denied.contains(infoHash) || banned.contains(infoHash);
  }

  /** Why a torrent is on the deny list or banned, or null if the operator gave no reason. */
  public @Nullable String denialReason(Bytes20 infoHash) {
    String reason = denied.reason(infoHash);
    return reason == null ? banned.reason(infoHash) : reason;
  }
}
