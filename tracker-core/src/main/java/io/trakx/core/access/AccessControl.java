package io.trakx.core.access;

/** The lists in force, replaced whole while the tracker runs. Thread-safe. */
public final class AccessControl {
  private volatile AccessLists lists;

  public AccessControl(AccessLists lists) {
    this.lists = lists;
  }

  /** The lists in force; ask once for each announce. */
  public AccessLists lists() {
    return lists;
  }

  /** Puts other lists in force, bans included. */
  public synchronized void replace(AccessLists lists) {
    this.lists = lists;
  }

  /** Puts other deny and allow lists in force; the bans stay. */
  public synchronized void replaceLists(AccessLists lists) {
    this.lists = lists.withBans(this.lists.banned());
  }

  /** Puts other bans in force; the deny and allow lists stay. */
  public synchronized void replaceBans(InfoHashList bans) {
    lists = lists.withBans(bans);
  }
}
