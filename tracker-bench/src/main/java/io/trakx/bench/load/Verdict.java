package io.trakx.bench.load;

/** What came of a request. */
enum Verdict {
  OK,
  /** Not finished yet; never counted. */
  INCOMPLETE,
  /** No answer in time. */
  TIMED_OUT,
  /** The kernel reported an error, such as a refused or reset connection. */
  IO_ERROR,
  /** The connection ended before the answer did. */
  TRUNCATED,
  /** Not HTTP with status 200, or not a UDP answer of the right length and action. */
  BAD_FRAME,
  /** The body is not bencoded, has keys out of order, or something behind the end. */
  NOT_BENCODED,
  /** A failure reason, or a UDP error. */
  FAILURE,
  /** No interval above 0. */
  NO_INTERVAL,
  /** No peers, or not a whole number of them. */
  BAD_PEERS,
  /** More peers than were asked for. */
  TOO_MANY_PEERS,
  /** Fewer peers than were asked for, though the swarm has more. */
  TOO_FEW_PEERS,
  /** A peer that is not one of the swarm. */
  FOREIGN_PEER,
  /** The same peer twice. */
  PEER_GIVEN_TWICE,
  /** The asking peer is among those it was given. */
  ASKER_GIVEN,
  /** Neither a seeder nor a leecher, though the asking peer is one. */
  EMPTY_SWARM,
  /** A scrape's answer says nothing of the swarm asked about. */
  NO_SCRAPE_ENTRY
}
