package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trakx.core.protocol.PeerAddress;
import java.nio.ByteBuffer;

/**
 * The header that a proxy sends before all else on a connection to say whose it is: version 1 or 2
 * of the PROXY protocol (HAProxy, doc/proxy-protocol.txt).
 *
 * <pre>
 * version 1, a line of at most 107 bytes with its end:
 *   PROXY TCP4 SOURCE DESTINATION PORT PORT CR LF      or TCP6
 *   PROXY UNKNOWN, and then whatever it likes, CR LF
 *
 * version 2, all numbers in network order:
 *   offset  bytes
 *        0     12  signature
 *       12      1  0x21: the connection is a client's; 0x20: it is the proxy's own
 *       13      1  0x11: TCP over IPv4; 0x21: TCP over IPv6; 0x00: something else
 *       14      2  how many bytes follow
 *       16         source, destination (4 or 16 bytes each), their ports (2 bytes each)
 *                  what else the proxy has to say, ignored
 * </pre>
 *
 * <p>Strict: one space between words, addresses as in {@link AddressText} without a port, nothing
 * but TCP. Once a connection, so some garbage does no harm. Not thread-safe.
 */
final class ProxyHeader {
  /** What {@link #parse} returns when bytes are missing. */
  static final int INCOMPLETE = 0;

  /** What {@link #parse} returns for what is no such header, and no beginning of one. */
  static final int BROKEN = -1;

  /**
   * The longest header that is read. Proxies shall stay within 536 bytes, which any network carries
   * in one packet; names and certificates that they add may need more.
   */
  static final int MAX_BYTES = 2048;

  private static final byte[] TEXT = "PROXY ".getBytes(ISO_8859_1);
  private static final byte[] UNKNOWN = "UNKNOWN".getBytes(ISO_8859_1);
  private static final byte[] TCP4 = "TCP4 ".getBytes(ISO_8859_1);
  private static final byte[] TCP6 = "TCP6 ".getBytes(ISO_8859_1);
  private static final int MAX_LINE_BYTES = 107;
  private static final int MAX_PORT_DIGITS = 5;

  private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(ISO_8859_1);
  private static final int COMMAND = SIGNATURE.length;
  private static final int FAMILY = COMMAND + 1;
  private static final int LENGTH = FAMILY + 1;
  private static final int ADDRESSES = LENGTH + Short.BYTES;
  private static final byte OF_A_CLIENT = 0x21;
  private static final byte OF_THE_PROXY = 0x20;
  private static final byte UNSPECIFIED = 0x00;
  private static final byte TCP_OVER_IPV4 = 0x11;
  private static final byte TCP_OVER_IPV6 = 0x21;
  private static final int IPV4_BYTES = 2 * Integer.BYTES + 2 * Short.BYTES;
  private static final int IPV6_BYTES = 4 * Long.BYTES + 2 * Short.BYTES;

  private final PeerAddress client = new PeerAddress();
  private final PeerAddress destination = new PeerAddress();
  private boolean namesClient;
  private boolean broken;

  /**
   * Reads the header that begins at {@code from}.
   *
   * @return how long it is, {@link #INCOMPLETE} or {@link #BROKEN}
   */
  int parse(byte[] buffer, int from, int to) {
    namesClient = false;
    int length = BROKEN;
    if (begins(buffer, from, to, TEXT)) {
      length = line(buffer, from, to);
    } else if (begins(buffer, from, to, SIGNATURE)) {
      length = binary(buffer, from, to);
    }
    broken = length == BROKEN;
    return length;
  }

  /** Whether what came was no such header. */
  boolean isBroken() {
    return broken;
  }

  /** Whether the header said who the client is; if not, nobody knows. */
  boolean namesClient() {
    return namesClient;
  }

  /** The client, if it was named. */
  PeerAddress client() {
    return client;
  }

  /** Whether the range is {@code text} and more, or the beginning of {@code text}. */
  private static boolean begins(byte[] buffer, int from, int to, byte[] text) {
    for (int i = 0; i < text.length && from + i < to; i++) {
      if (buffer[from + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private int line(byte[] buffer, int from, int to) {
    int limit = Math.min(to, from + MAX_LINE_BYTES);
    int end = Ascii.find(buffer, from, limit, (byte) '\r');
    if (end + 1 >= limit) {
      return to - from < MAX_LINE_BYTES ? INCOMPLETE : BROKEN;
    }
    if (buffer[end + 1] != '\n' || !words(buffer, from + TEXT.length, end)) {
      return BROKEN;
    }
    return end + 2 - from;
  }

  /** Reads what stands behind PROXY. */
  private boolean words(byte[] buffer, int from, int to) {
    if (Ascii.startsWith(buffer, from, to, UNKNOWN)) {
      int behind = from + UNKNOWN.length;
      return behind == to || buffer[behind] == ' ';
    }
    boolean ipv6 = Ascii.startsWith(buffer, from, to, TCP6);
    if (!ipv6 && !Ascii.startsWith(buffer, from, to, TCP4)) {
      return false;
    }
    int source = from + TCP4.length;
    int sourceTo = Ascii.find(buffer, source, to, (byte) ' ');
    int target = Math.min(sourceTo + 1, to);
    int targetTo = Ascii.find(buffer, target, to, (byte) ' ');
    int port = Math.min(targetTo + 1, to);
    int portTo = Ascii.find(buffer, port, to, (byte) ' ');
    namesClient =
        isAddress(buffer, source, sourceTo, ipv6, client)
            && isAddress(buffer, target, targetTo, ipv6, destination)
            && isPort(buffer, port, portTo)
            && isPort(buffer, portTo + 1, to);
    return namesClient;
  }

  private static boolean isAddress(
      byte[] buffer, int from, int to, boolean ipv6, PeerAddress address) {
    int colon = Ascii.find(buffer, from, to, (byte) ':');
    // With two colons and no bracket in front there is no port; IPv4 has colons before ports only.
    boolean suits =
        ipv6
            ? from < to
                && buffer[from] != '['
                && colon < to
                && Ascii.find(buffer, colon + 1, to, (byte) ':') < to
            : colon == to;
    return suits && AddressText.parse(buffer, from, to, address);
  }

  private static boolean isPort(byte[] buffer, int from, int to) {
    return from < to
        && to - from <= MAX_PORT_DIGITS
        && Ascii.isDigit(buffer[from])
        && DecimalText.parse(buffer, from, to) >= 0
        && DecimalText.parse(buffer, from, to) <= 0xffff;
  }

  private int binary(byte[] buffer, int from, int to) {
    int available = to - from;
    if (available <= COMMAND) {
      return INCOMPLETE;
    }
    byte command = buffer[from + COMMAND];
    if (command != OF_A_CLIENT && command != OF_THE_PROXY) {
      return BROKEN;
    }
    if (available < ADDRESSES) {
      return INCOMPLETE;
    }
    ByteBuffer header = ByteBuffer.wrap(buffer, from, available).slice();
    int rest = Short.toUnsignedInt(header.getShort(LENGTH));
    if (rest > MAX_BYTES - ADDRESSES) {
      return BROKEN;
    }
    if (available < ADDRESSES + rest) {
      return INCOMPLETE;
    }
    boolean known = command == OF_THE_PROXY || addresses(header, rest);
    return known ? ADDRESSES + rest : BROKEN;
  }

  /** Reads the addresses of a client's connection. */
  private boolean addresses(ByteBuffer header, int bytes) {
    switch (header.get(FAMILY)) {
      case UNSPECIFIED -> {
        return true;
      }
      case TCP_OVER_IPV4 -> {
        namesClient = bytes >= IPV4_BYTES;
        if (namesClient) {
          client.ipv4(header.getInt(ADDRESSES));
        }
      }
      case TCP_OVER_IPV6 -> {
        namesClient = bytes >= IPV6_BYTES;
        if (namesClient) {
          client.ipv6(header.getLong(ADDRESSES), header.getLong(ADDRESSES + Long.BYTES));
        }
      }
      default -> {}
    }
    return namesClient;
  }
}
