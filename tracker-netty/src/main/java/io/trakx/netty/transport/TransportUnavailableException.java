package io.trakx.netty.transport;

import java.io.Serial;

/** The transport that was asked for does not work on this machine; the message says why. */
public final class TransportUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TransportUnavailableException(TransportType type, Throwable cause) {
    super("transport " + type.key() + " is not available here: " + rootMessage(cause), cause);
  }

  private static String rootMessage(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
