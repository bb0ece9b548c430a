package io.trakx.core.swarm;

/** What an announce did to its swarm. */
public enum AnnounceOutcome {
  /** A peer joined. */
  ADDED,
  /** A known peer was seen again, perhaps in another role. */
  UPDATED,
  /** A known leecher became a seeder by {@code event=completed}, and was counted. */
  COMPLETED,
  /** A known peer left. */
  REMOVED,
  /** Nothing was stored: a peer left that was not known. */
  UNKNOWN,
  /** Nothing was stored: a limit of peers or swarms is reached. */
  NOT_LISTED,
  /** Nothing was stored or sampled: the address has brought too many torrents of late. */
  TOO_MANY_TORRENTS,
  /** Nothing was stored or sampled: the address has too many peers in this swarm. */
  TOO_MANY_PORTS
}
