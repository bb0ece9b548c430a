package io.trakx.netty.transport;

import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.util.Locale;

/** A listening socket could not be opened; the message is one line with address, cause, advice. */
public final class ListenException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  ListenException(InetSocketAddress address, String why) {
    super("cannot listen on " + Addresses.text(address) + ": " + why);
  }

  ListenException(Protocol protocol, InetSocketAddress address, Throwable cause) {
    super(
        "cannot listen on "
            + protocol.prefix
            + Addresses.text(address)
            + ": "
            + why(protocol, address, cause),
        cause);
  }

  /** What is to be listened for, as messages name it and as {@code ss} does. */
  enum Protocol {
    TCP("", "-ltnp"),
    UDP("UDP ", "-lunp");

    private final String prefix;
    private final String ssOptions;

    Protocol(String prefix, String ssOptions) {
      this.prefix = prefix;
      this.ssOptions = ssOptions;
    }
  }

  private static String why(Protocol protocol, InetSocketAddress address, Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("in use")) {
      return "the port is in use; stop the program that has it (`ss "
          + protocol.ssOptions
          + " sport = :"
          + address.getPort()
          + "` names it) or choose another port";
    }
    if (lower.contains("permission denied")) {
      return "not permitted; ports below 1024 need CAP_NET_BIND_SERVICE or root";
    }
    if (lower.contains("cannot assign") || lower.contains("can't assign")) {
      return "this machine has no such address";
    }
    return message;
  }
}
