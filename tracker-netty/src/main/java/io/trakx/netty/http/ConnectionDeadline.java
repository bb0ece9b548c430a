package io.trakx.netty.http;

import io.trakx.core.stats.TrackerCounter;

/** The deadline of an {@link HttpConnection}, and what follows when it has passed. */
final class ConnectionDeadline extends Deadline {
  private final HttpConnection connection;
  private final HttpWorker worker;

  /** Whether something ended since the deadline was set, so that patience begins anew. */
  private boolean renewed;

  /** How much the client had taken when the deadline was set. */
  private long progress;

  ConnectionDeadline(HttpConnection connection, HttpWorker worker) {
    this.connection = connection;
    this.worker = worker;
  }

  /** Patience is to begin anew, even for the same kind of thing. */
  void renew() {
    renewed = true;
  }

  /** Sets the deadline for what the connection waits for now; waiting on changes nothing. */
  void waitFor(Kind awaited) {
    if (awaited != kind || renewed) {
      renewed = false;
      if (awaited == Kind.WRITE || awaited == Kind.ANSWER) {
        progress = connection.output().progress();
      }
      worker.awaits(this, awaited);
    }
  }

  @Override
  void expired() {
    switch (kind) {
      case REQUEST -> {
        worker.count(TrackerCounter.HTTP_TIMEOUTS);
        connection.requestTimedOut();
      }
      case IDLE -> {
        worker.count(TrackerCounter.HTTP_TIMEOUTS);
        connection.close();
      }
      case WRITE -> {
        if (connection.output().flushed() || progressed()) {
          renew();
          connection.settle();
        } else {
          worker.count(TrackerCounter.HTTP_TIMEOUTS);
          connection.cutOff();
        }
      }
      case ANSWER -> {
        if (!progressed() && !connection.awaitsFullScrape()) {
          worker.count(TrackerCounter.HTTP_UNANSWERED);
          connection.close();
        }
      }
      case LINGER -> connection.close();
    }
  }

  /** Whether the client has taken anything since the deadline was set or this was asked last. */
  private boolean progressed() {
    long before = progress;
    progress = connection.output().progress();
    return progress != before;
  }

  @Override
  void shed(boolean evenIfTaking) {
    connection.output().account();
    if (connection.output().accounted() == 0) {
      return;
    }
    if (progressed() && !evenIfTaking) {
      worker.awaits(this, kind);
    } else {
      worker.count(TrackerCounter.HTTP_SHED);
      connection.cutOff();
    }
  }

  @Override
  void stopping() {
    connection.closeIfIdle();
  }

  @Override
  boolean cut() {
    boolean underWay = connection.underWay();
    connection.close();
    return underWay;
  }
}
