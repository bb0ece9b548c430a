package io.trakx.netty.http;

import io.trakx.netty.http.Deadline.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connections of one event loop that have waited too long, without a timer for each.
 *
 * <p>All connections that wait for the same thing have the same patience, so a list a kind, in the
 * order in which the waiting began, has those to be closed in front. Entering, leaving and changing
 * lists is a matter of four references; a tick looks only at what is due. The time is that of the
 * last tick: waiting may be taken for longer than it was by one tick, which is made good for by
 * granting a tick more.
 *
 * <p>Not thread-safe; used on its event loop only.
 */
final class ConnectionReaper {
  /** How long a refused client has to read the refusal. */
  private static final Duration LINGER_TIMEOUT = Duration.ofSeconds(2);

  private final Waiting requests;
  private final Waiting idle;
  private final Waiting answers;
  private final Waiting writes;
  private final Waiting lingering;
  private final LongSupplier nanoClock;
  private long nowNanos;
  private int size;

  ConnectionReaper(HttpOptions options, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.nowNanos = nanoClock.getAsLong();
    this.requests = new Waiting(options.requestTimeout(), options);
    this.idle = new Waiting(options.keepAliveTimeout(), options);
    this.answers = new Waiting(options.requestTimeout(), options);
    this.writes = new Waiting(options.writeTimeout(), options);
    this.lingering = new Waiting(LINGER_TIMEOUT, options);
  }

  /** How many connections are open. */
  int size() {
    return size;
  }

  /** Takes in a connection that begins to wait for its first request. */
  void add(Deadline deadline) {
    size++;
    list(deadline.kind).append(deadline, nowNanos);
  }

  /** Lets a connection begin to wait for something, or for the same thing anew. */
  void begin(Deadline deadline, Kind kind) {
    list(deadline.kind).remove(deadline);
    deadline.kind = kind;
    list(kind).append(deadline, nowNanos);
  }

  /** Forgets a connection, which is closed. */
  void remove(Deadline deadline) {
    size--;
    list(deadline.kind).remove(deadline);
  }

  /** Tells every connection whose patience is over. */
  void tick() {
    nowNanos = nanoClock.getAsLong();
    for (Kind kind : Kind.values()) {
      Waiting list = list(kind);
      Deadline first = list.first;
      while (first != null && nowNanos - first.sinceNanos >= list.patienceNanos) {
        begin(first, kind);
        first.expired();
        first = list.first;
      }
    }
  }

  /**
   * Sheds the connections that wait for their clients, the longest waiting first.
   *
   * @param spared one that is in the midst of something
   * @param evenIfTaking see {@link Deadline#shed}
   * @param enough whether no other has to go
   */
  void shed(Deadline spared, boolean evenIfTaking, BooleanSupplier enough) {
    List<Deadline> waiting = new ArrayList<>();
    writes.copyTo(waiting);
    idle.copyTo(waiting);
    requests.copyTo(waiting);
    for (Deadline each : waiting) {
      if (enough.getAsBoolean()) {
        return;
      }
      if (!each.equals(spared)) {
        each.shed(evenIfTaking);
      }
    }
  }

  /** Calls {@code action}, which may do what it likes, for every connection there is now. */
  void forEach(Consumer<Deadline> action) {
    List<Deadline> all = new ArrayList<>(size);
    for (Kind kind : Kind.values()) {
      list(kind).copyTo(all);
    }
    all.forEach(action);
  }

  private Waiting list(Kind kind) {
    return switch (kind) {
      case REQUEST -> requests;
      case IDLE -> idle;
      case ANSWER -> answers;
      case WRITE -> writes;
      case LINGER -> lingering;
    };
  }

  /** The connections that wait for one kind of thing, the longest waiting first. */
  private static final class Waiting {
    private final long patienceNanos;
    private @Nullable Deadline first;
    private @Nullable Deadline last;

    Waiting(Duration patience, HttpOptions options) {
      this.patienceNanos = patience.plus(options.timeoutResolution()).toNanos();
    }

    void append(Deadline deadline, long nowNanos) {
      deadline.sinceNanos = nowNanos;
      deadline.previous = last;
      deadline.next = null;
      if (last == null) {
        first = deadline;
      } else {
        last.next = deadline;
      }
      last = deadline;
    }

    void copyTo(List<Deadline> target) {
      for (Deadline each = first; each != null; each = each.next) {
        target.add(each);
      }
    }

    void remove(Deadline deadline) {
      if (deadline.previous == null) {
        first = deadline.next;
      } else {
        deadline.previous.next = deadline.next;
      }
      if (deadline.next == null) {
        last = deadline.previous;
      } else {
        deadline.next.previous = deadline.previous;
      }
      deadline.previous = null;
      deadline.next = null;
    }
  }
}
