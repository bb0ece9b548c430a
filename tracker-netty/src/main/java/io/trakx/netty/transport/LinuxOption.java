package io.trakx.netty.transport;

/** Levels and names of socket options that Netty has no constant for, from Linux's headers. */
final class LinuxOption {
  /** Level of options of TCP. */
  static final int IPPROTO_TCP = 6;

  /** Sends a small segment at once, though others are not acknowledged yet; 0 or 1. */
  static final int NODELAY = 1;

  /** Holds an incomplete segment back for what follows it, up to 200 ms; 0 or 1. */
  static final int CORK = 3;

  /** Hands a connection over with its first bytes only; a number of seconds. */
  static final int DEFER_ACCEPT = 9;

  /** Tells of a connection's state and past; read only. */
  static final int INFO = 11;

  /** Bytes that wait to be sent at which a socket takes no more; those on their way don't count. */
  static final int NOTSENT_LOWAT = 25;

  /** Level of options of IPv6. */
  static final int IPPROTO_IPV6 = 41;

  /** Keeps IPv4 away from a socket at {@code [::]}; 0 or 1. */
  static final int V6ONLY = 26;

  private LinuxOption() {}

  /**
   * The size of buffer that was asked for, of which Linux tells twice, to account for what it needs
   * itself (socket(7)).
   */
  static int askedFor(int bufferBytes) {
    return bufferBytes / 2;
  }
}
