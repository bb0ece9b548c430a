package io.trakx.netty.app;

/** The tracker cannot start; the message is one line for the operator. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
