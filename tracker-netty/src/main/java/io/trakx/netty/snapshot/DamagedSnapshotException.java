package io.trakx.netty.snapshot;

import java.io.IOException;
import java.io.Serial;

/** A file is no snapshot that can be read. */
final class DamagedSnapshotException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason what is wrong with it, as a clause
   */
  DamagedSnapshotException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
