package io.trakx.netty.http;

import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.PeerAddress;

/** Who puts one request to the tracker and gets the answer. Used on its event loop only. */
interface Requester {
  /** The other end of the connection. */
  PeerAddress remote();

  /** Whether that is a trusted proxy, and the client somebody else. */
  boolean proxied();

  TrustedProxies proxies();

  /** The request is refused without asking the tracker. */
  void failure(FailureReason reason);

  /** The tracker is asked next, and has the answer in {@code exchange}, at once or later. */
  void await(TrackerExchange exchange);

  /** The tracker has answered. */
  void answered(TrackerExchange exchange);
}
