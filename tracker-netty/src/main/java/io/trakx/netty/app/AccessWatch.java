package io.trakx.netty.app;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.access.InfoHashList;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lists in force equal to their files: rereads when a file has changed or when told to.
 *
 * <p>A file that cannot be read leaves the old lists in force, with an error in the log, and is
 * tried again by every poll, changed or not: a permission granted shows in no stamp. The log has an
 * error again when its cause is another one. Used by one thread at a time, but for {@link
 * #trouble}.
 */
final class AccessWatch {
  private static final Logger LOG = LogManager.getLogger(AccessWatch.class);

  private final AccessControl control;
  private AccessFiles files;
  private List<String> stamps;

  /** Why the files could not be read when that was last tried; null if they could. */
  private volatile @Nullable String trouble;

  /**
   * @param stamps of the files as they were before {@code control} got its lists
   */
  AccessWatch(AccessControl control, AccessFiles files, List<String> stamps) {
    this.control = control;
    this.files = files;
    this.stamps = stamps;
  }

  /** Why the lists in force are not those of the files, if so. Any thread may ask. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble).map(cause -> "the old lists are in force: " + cause);
  }

  /** Rereads the files if one has changed, or could not be read the last time. */
  void poll() {
    if (trouble != null || !files.stamps().equals(stamps)) {
      read();
    }
  }

  /** Rereads the files, changed or not. */
  void reload() {
    reload(files);
  }

  /** Reads {@code wanted}, and watches them from now on. */
  void reload(AccessFiles wanted) {
    files = wanted;
    trouble = null; // who asks for it is told what is wrong, again if need be
    read();
  }

  private void read() {
    // Before reading: what changes meanwhile is found by the next poll.
    stamps = files.stamps();
    try {
      AccessLists lists = files.read();
      control.replaceLists(lists);
      trouble = null;
      InfoHashList allowed = lists.allowed();
      LOG.info(
          "lists read: {} torrents denied, {}",
          lists.denied().size(),
          allowed == null ? "all others allowed" : allowed.size() + " allowed");
    } catch (IOException e) {
      String cause = String.valueOf(e.getMessage());
      if (!cause.equals(trouble)) {
        LOG.error("the old lists stay in force: {}", cause);
      }
      trouble = cause;
    }
  }
}
