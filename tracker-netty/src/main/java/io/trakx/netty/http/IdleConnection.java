package io.trakx.netty.http;

import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.transport.FreshConnection;
import io.trakx.netty.transport.KeptConnection;

/**
 * A connection without a channel, whose requests so far were answered as they came: all that it can
 * wait for is the next one. Counted among the open connections until it is closed, or its channel
 * is. Used on its event loop only.
 */
final class IdleConnection extends Deadline implements KeptConnection.Owner {
  private final BareRequests requests;
  private final HttpWorker worker;
  private final KeptConnection connection;
  private final PeerAddress remote = new PeerAddress();
  private final boolean proxied;
  private final long network;
  private int begun;

  /**
   * Keeps {@code fresh}.
   *
   * @param requests who answers, and knows of whom this connection is
   * @param network what it was admitted as
   */
  IdleConnection(BareRequests requests, HttpWorker worker, FreshConnection fresh, long network) {
    this.requests = requests;
    this.worker = worker;
    this.remote.addressOf(requests.remote());
    this.proxied = requests.proxied();
    this.network = network;
    this.connection = fresh.keep(this);
    this.kind = Kind.IDLE;
  }

  KeptConnection connection() {
    return connection;
  }

  PeerAddress remote() {
    return remote;
  }

  boolean proxied() {
    return proxied;
  }

  long network() {
    return network;
  }

  /** How many requests it has carried. */
  int begun() {
    return begun;
  }

  /** Begins with a request; returns {@code wanted}, unless it is the last that it may carry. */
  ConnectionOption begin(ConnectionOption wanted) {
    begun++;
    return worker.permitted(wanted, begun);
  }

  @Override
  public boolean arrived(boolean ended) {
    return requests.arrived(this, ended);
  }

  @Override
  public void closed() {
    worker.closed(this);
    worker.dismiss(network);
  }

  @Override
  void expired() {
    worker.count(TrackerCounter.HTTP_TIMEOUTS);
    connection.close();
  }

  /** Nothing waits for its client. */
  @Override
  void shed(boolean evenIfTaking) {}

  @Override
  void stopping() {
    connection.close();
  }

  @Override
  boolean cut() {
    connection.close();
    return false;
  }
}
