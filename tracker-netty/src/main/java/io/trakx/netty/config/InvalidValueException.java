package io.trakx.netty.config;

/** Says in a few words why a text is no value of a setting. */
final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean valueSecret;

  InvalidValueException(String reason) {
    this(reason, false);
  }

  private InvalidValueException(String reason, boolean valueSecret) {
    super(reason, null, false, false);
    this.valueSecret = valueSecret;
  }

  /** For a text that holds what must not be shown. */
  static InvalidValueException ofSecret(String reason) {
    return new InvalidValueException(reason, true);
  }

  /** Whether the text itself must not be shown. */
  boolean valueSecret() {
    return valueSecret;
  }

  /** Why, lower case, without a full stop. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
