package io.trakx.core.stats;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.FailureReason;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what one event loop answers over one protocol.
 *
 * <p>Written by that event loop's thread only, without locked instructions and without garbage;
 * read by any thread. The clock is asked for one request in {@value #TIMED_ONE_IN}.
 */
@SuppressWarnings("EnumOrdinal") // an EnumMap would box every count
public final class RequestMeter {
  /** One request in so many is timed; a power of two. */
  public static final int TIMED_ONE_IN = 256;

  /** {@link #begin()} of a request that is not timed. */
  public static final long NOT_TIMED = 0;

  private static final int ACTIONS = RequestAction.values().length;
  private static final int OUTCOMES = RequestOutcome.values().length;
  private static final int REASONS = FailureReason.values().length;

  private final Protocol protocol;
  private final LongSupplier nanoClock;
  private final OwnedCounts requests =
      new OwnedCounts(AddressFamily.values().length * ACTIONS * OUTCOMES);
  private final OwnedCounts refusals = new OwnedCounts(REASONS + 1);
  private final OwnedCounts clients = new OwnedCounts(ClientSoftware.values().length);
  private final DurationHistogram[] durations = new DurationHistogram[ACTIONS];
  private int begun;

  RequestMeter(Protocol protocol, LongSupplier nanoClock) {
    this.protocol = protocol;
    this.nanoClock = nanoClock;
    for (int i = 0; i < durations.length; i++) {
      durations[i] = new DurationHistogram();
    }
  }

  /** The time at which a request begins, if it is one to be timed; else {@link #NOT_TIMED}. */
  public long begin() {
    return (++begun & (TIMED_ONE_IN - 1)) == 0 ? nanoClock.getAsLong() | 1 : NOT_TIMED;
  }

  /** Counts an answered request that began at {@code startedNanos}, as {@link #begin()} had it. */
  public void answered(RequestAction action, AddressFamily family, long startedNanos) {
    requests.increment(index(action, family, RequestOutcome.ANSWERED));
    time(action, startedNanos);
  }

  /** Counts an answered announce and the client that made it. */
  public void announced(Bytes20 peerId, AddressFamily family, long startedNanos) {
    clients.increment(ClientSoftware.of(peerId).ordinal());
    answered(RequestAction.ANNOUNCE, family, startedNanos);
  }

  /**
   * Counts a request that was refused.
   *
   * @param reason why; null: it was malformed in a way that has no reason of its own
   */
  public void refused(
      RequestAction action,
      AddressFamily family,
      @Nullable FailureReason reason,
      long startedNanos) {
    requests.increment(index(action, family, RequestOutcome.REFUSED));
    refusals.increment(index(reason));
    time(action, startedNanos);
  }

  private void time(RequestAction action, long startedNanos) {
    if (startedNanos != NOT_TIMED) {
      durations[action.ordinal()].record(nanoClock.getAsLong() - startedNanos);
    }
  }

  private static int index(RequestAction action, AddressFamily family, RequestOutcome outcome) {
    return (family.ordinal() * ACTIONS + action.ordinal()) * OUTCOMES + outcome.ordinal();
  }

  private static int index(@Nullable FailureReason reason) {
    return reason == null ? REASONS : reason.ordinal();
  }

  Protocol protocol() {
    return protocol;
  }

  long requests(RequestAction action, AddressFamily family, RequestOutcome outcome) {
    return requests.get(index(action, family, outcome));
  }

  long refusals(@Nullable FailureReason reason) {
    return refusals.get(index(reason));
  }

  long announces(ClientSoftware client) {
    return clients.get(client.ordinal());
  }

  DurationHistogram durations(RequestAction action) {
    return durations[action.ordinal()];
  }
}
