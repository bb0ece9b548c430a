package io.trakx.core.protocol;

/** Why a client announces (BEP 3; {@link #PAUSED}: BEP 21). */
public enum AnnounceEvent {
  /** A regular announce. */
  NONE,
  /** The client begins with the torrent. */
  STARTED,
  /** The client has just got the last piece: it is a seeder now, whatever {@code left} says. */
  COMPLETED,
  /** The client leaves the swarm. */
  STOPPED,
  /** A partial seed: alive, downloads nothing more, but is no seeder. */
  PAUSED
}
