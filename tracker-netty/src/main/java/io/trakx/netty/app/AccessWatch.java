package io.trakx.netty.app;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.access.InfoHashList;
import java.io.IOException;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Keeps the lists in force equal to their files: rereads when a file has changed or when told to.
 *
 * <p>A file that cannot be read leaves the old lists in force, with an error in the log; a file
 * half-written by somebody is read again when it changes next. Used by one thread at a time.
 */
final class AccessWatch {
  private static final Logger LOG = LogManager.getLogger(AccessWatch.class);

  private final AccessControl control;
  private AccessFiles files;
  private List<String> stamps;

  /**
   * @param stamps of the files as they were before {@code control} got its lists
   */
  AccessWatch(AccessControl control, AccessFiles files, List<String> stamps) {
    this.control = control;
    this.files = files;
    this.stamps = stamps;
  }

  /** Rereads the files if one has changed. */
  void poll() {
    List<String> now = files.stamps();
    if (!now.equals(stamps)) {
      reload(files);
    }
  }

  /** Rereads the files, changed or not. */
  void reload() {
    reload(files);
  }

  /** Reads {@code wanted}, and watches them from now on. */
  void reload(AccessFiles wanted) {
    // Before reading: what changes meanwhile is found by the next poll.
    files = wanted;
    stamps = wanted.stamps();
    try {
      AccessLists lists = wanted.read();
      control.replaceLists(lists);
      InfoHashList allowed = lists.allowed();
      LOG.info(
          "lists read: {} torrents denied, {}",
          lists.denied().size(),
          allowed == null ? "all others allowed" : allowed.size() + " allowed");
    } catch (IOException e) {
      LOG.error("the old lists stay in force: {}", e.getMessage());
    }
  }
}
