package io.trakx.netty.config;

/** Says in a few words why a text is no value of a setting. */
final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidValueException(String reason) {
    super(reason, null, false, false);
  }

  /** Why, lower case, without a full stop. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
