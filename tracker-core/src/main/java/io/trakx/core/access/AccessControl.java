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

  /** Puts other lists in force. */
  public void replace(AccessLists lists) {
    this.lists = lists;
  }
}
