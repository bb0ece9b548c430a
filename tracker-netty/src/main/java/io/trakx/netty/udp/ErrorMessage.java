package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Why a request got no other answer, in words for the client's user (BEP 15).
 *
 * <pre>
 * byte       0          4             8
 * response   | action 3 | transaction | text, UTF-8, to the end of the datagram
 * </pre>
 */
final class ErrorMessage {
  /** An announce that is cut short. */
  static final String ANNOUNCE_TOO_SHORT = "announce is shorter than 98 bytes";

  /** A scrape that names nothing. */
  static final String SCRAPE_TOO_SHORT = "scrape names no torrent";

  /** Neither connect nor announce nor scrape. */
  static final String UNKNOWN_ACTION = "action is not known";

  /** Short enough for an answer to the shortest scrape not to be longer than that. */
  static final String WRONG_CONNECTION_ID = "wrong connection id";

  /** Bytes of the longest response, whatever reasons operators write: no client shows more. */
  static final int MAX_BYTES = 512;

  private static final String SEPARATOR = ": ";

  private ErrorMessage() {}

  /** Writes the text and, behind a colon, the detail, cut between characters if they are long. */
  static void write(ByteBuf out, int transaction, String text, @Nullable String detail) {
    ResponseHeader.write(out, Action.ERROR, transaction);
    append(out, text);
    if (detail != null) {
      append(out, SEPARATOR);
      append(out, detail);
    }
  }

  private static void append(ByteBuf out, String text) {
    int room = MAX_BYTES - out.readableBytes();
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      room -= utf8Bytes(character);
      if (room < 0) {
        break;
      }
      end += Character.charCount(character);
    }
    ByteBufUtil.writeUtf8(out, text, 0, end);
  }

  private static int utf8Bytes(int character) {
    if (character < 0x80) {
      return 1;
    }
    return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }
}
