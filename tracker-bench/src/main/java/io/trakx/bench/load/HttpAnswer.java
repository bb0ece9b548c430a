package io.trakx.bench.load;

import java.nio.ByteBuffer;

/**
 * Judges an HTTP answer that arrives in pieces.
 *
 * <p>{@link #judge} is called with all that has arrived until it says other than {@link
 * Verdict#INCOMPLETE}. Allocates nothing. Not thread-safe.
 */
final class HttpAnswer {
  private static final byte[] HTTP = "HTTP/1.".getBytes(Bytes.ASCII);
  private static final byte[] OK = " 200 ".getBytes(Bytes.ASCII);
  private static final byte[] CONTENT_LENGTH = "\ncontent-length:".getBytes(Bytes.ASCII);
  private static final int MOST_BODY_BYTES = 1 << 20;

  private final BencodedAnswer bencoded = new BencodedAnswer();

  /** How many peers the announce judged last was given. */
  int peers() {
    return bencoded.peers();
  }

  /**
   * @param answer its bytes from index 0
   * @param received how many bytes of it there are
   * @param ended whether the tracker closed the connection
   */
  Verdict judge(
      ByteBuffer answer, int received, boolean ended, RequestKind kind, int swarm, int numwant) {
    int body = bodyStart(answer, received);
    if (body < 0) {
      return ended || received == answer.capacity() ? Verdict.TRUNCATED : Verdict.INCOMPLETE;
    }
    int status = HTTP.length + 1;
    if (!Bytes.matches(answer, 0, body, HTTP) || !Bytes.matches(answer, status, body, OK)) {
      return Verdict.BAD_FRAME;
    }
    int end = end(answer, body);
    if (end < 0 && !ended) {
      return Verdict.INCOMPLETE;
    }
    if (end < 0) {
      end = received;
    }
    if (received < end) {
      return ended || received == answer.capacity() ? Verdict.TRUNCATED : Verdict.INCOMPLETE;
    }
    if (received > end) {
      return Verdict.BAD_FRAME;
    }
    return kind == RequestKind.SCRAPE
        ? bencoded.scrape(answer, body, end, swarm)
        : bencoded.announce(answer, body, end, numwant, kind == RequestKind.STOPPED);
  }

  /** Checks the peers of the announce judged last, which was found to be right otherwise. */
  Verdict checkPeers(ByteBuffer answer, PeerCheck check, long asker, RequestKind kind) {
    return bencoded.checkPeers(answer, check, asker, kind);
  }

  private static int bodyStart(ByteBuffer answer, int received) {
    for (int i = 0; i + 3 < received; i++) {
      if (answer.get(i) == '\r'
          && answer.get(i + 1) == '\n'
          && answer.get(i + 2) == '\r'
          && answer.get(i + 3) == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  /** Where the body ends by the Content-Length header, or -1 where there is none. */
  private static int end(ByteBuffer answer, int body) {
    for (int i = 0; i + CONTENT_LENGTH.length < body; i++) {
      if (answer.get(i) == '\n' && matchesIgnoringCase(answer, i, CONTENT_LENGTH)) {
        int digits = i + CONTENT_LENGTH.length;
        while (answer.get(digits) == ' ') {
          digits++;
        }
        long length = Bytes.decimal(answer, digits, body);
        return length < 0 || length > MOST_BODY_BYTES ? -1 : body + (int) length;
      }
    }
    return -1;
  }

  private static boolean matchesIgnoringCase(ByteBuffer answer, int at, byte[] lowerCase) {
    for (int i = 0; i < lowerCase.length; i++) {
      byte found = answer.get(at + i);
      if ((found >= 'A' && found <= 'Z' ? found + 0x20 : found) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }
}
