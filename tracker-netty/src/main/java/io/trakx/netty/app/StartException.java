package io.trakx.netty.app;

import org.jspecify.annotations.Nullable;

/** The tracker cannot start; the message is one line for the operator. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
