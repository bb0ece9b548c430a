package io.trakx.netty.persistence;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Looks often whether the bans have changed, and passes them on when they have. */
final class BanPoll implements Job {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final long UNKNOWN = -1;

  private final Consumer<List<Ban>> listener;
  private long revision = UNKNOWN;

  BanPoll(Consumer<List<Ban>> listener) {
    this.listener = listener;
  }

  /** It may be another database than the last. */
  @Override
  public void reached(Database database) {
    revision = UNKNOWN;
  }

  @Override
  public Duration run(Database database) {
    // Before the bans: what changes in between is found by the next look.
    long now = BanTable.revision(database.sql());
    if (now != revision) {
      listener.accept(BanTable.all(database.sql()));
      revision = now;
    }
    return INTERVAL;
  }
}
