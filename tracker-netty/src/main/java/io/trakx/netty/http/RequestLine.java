package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The first line of a request, taken apart (RFC 9112 section 3).
 *
 * <pre>
 * GET /announce/PASSKEY?info_hash=... HTTP/1.1
 *     | path           | query       |
 * </pre>
 *
 * <p>Clients leave bytes unescaped that should not be, spaces among them; so the target is all that
 * lies between the first space and the last. Mutable, reused, not thread-safe.
 */
final class RequestLine {
  private static final byte[] ANNOUNCE = ascii("/announce");
  private static final byte[] SCRAPE = ascii("/scrape");
  private static final byte[] PHP = ascii(".php");
  private static final byte[] HTTP = ascii("http://");
  private static final byte[] HTTPS = ascii("https://");
  private static final byte[] GET = ascii("GET");
  private static final byte[] HEAD = ascii("HEAD");
  private static final byte[] VERSION = ascii("HTTP/1.");
  private static final int VERSION_LENGTH = VERSION.length + 1;

  private HttpVerb verb = HttpVerb.OTHER;
  private Route route = Route.OTHER;
  private boolean http10;
  private int queryFrom;
  private int queryTo;

  HttpVerb verb() {
    return verb;
  }

  Route route() {
    return route;
  }

  boolean http10() {
    return http10;
  }

  int queryFrom() {
    return queryFrom;
  }

  int queryTo() {
    return queryTo;
  }

  /** Reads the line in the range, which has no control characters; false if it is malformed. */
  boolean parse(byte[] buffer, int from, int to) {
    int methodTo = from;
    while (methodTo < to && Ascii.isToken(buffer[methodTo])) {
      methodTo++;
    }
    int versionFrom = to - VERSION_LENGTH;
    if (methodTo == from
        || versionFrom <= methodTo
        || buffer[methodTo] != ' '
        || buffer[versionFrom - 1] != ' '
        || !Ascii.startsWith(buffer, versionFrom, to, VERSION)
        || !Ascii.isDigit(buffer[to - 1])) {
      return false;
    }
    int targetFrom = methodTo + 1;
    int targetTo = versionFrom - 1;
    while (targetFrom < targetTo && buffer[targetFrom] == ' ') {
      targetFrom++;
    }
    if (targetFrom >= targetTo) {
      return false;
    }
    verb = verb(buffer, from, methodTo);
    http10 = buffer[to - 1] == '0';
    target(buffer, targetFrom, targetTo);
    return true;
  }

  private static HttpVerb verb(byte[] buffer, int from, int to) {
    return switch (to - from) {
      case 3 -> Ascii.startsWith(buffer, from, to, GET) ? HttpVerb.GET : HttpVerb.OTHER;
      case 4 -> Ascii.startsWith(buffer, from, to, HEAD) ? HttpVerb.HEAD : HttpVerb.OTHER;
      default -> HttpVerb.OTHER;
    };
  }

  private void target(byte[] buffer, int from, int to) {
    int questionMark = Ascii.find(buffer, from, to, (byte) '?');
    queryFrom = Math.min(questionMark + 1, to);
    queryTo = to;
    route = route(buffer, pathFrom(buffer, from, questionMark), questionMark);
  }

  /** Where the path begins, behind scheme and authority if they are there. */
  private static int pathFrom(byte[] buffer, int from, int to) {
    if (buffer[from] == '/') {
      return from;
    }
    if (Ascii.startsWithIgnoringCase(buffer, from, to, HTTP)) {
      return Ascii.find(buffer, from + HTTP.length, to, (byte) '/');
    }
    if (Ascii.startsWithIgnoringCase(buffer, from, to, HTTPS)) {
      return Ascii.find(buffer, from + HTTPS.length, to, (byte) '/');
    }
    return to;
  }

  private static Route route(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from && buffer[end - 1] == ' ') {
      end--;
    }
    int start = from;
    while (start + 1 < end && buffer[start + 1] == '/') {
      start++;
    }
    if (Ascii.startsWith(buffer, start, end, ANNOUNCE)) {
      return endsRoute(buffer, start + ANNOUNCE.length, end) ? Route.ANNOUNCE : Route.OTHER;
    }
    if (Ascii.startsWith(buffer, start, end, SCRAPE)) {
      return endsRoute(buffer, start + SCRAPE.length, end) ? Route.SCRAPE : Route.OTHER;
    }
    return Route.OTHER;
  }

  /** Whether nothing follows but perhaps {@code .php}, and perhaps one segment. */
  private static boolean endsRoute(byte[] buffer, int from, int to) {
    int at = Ascii.startsWith(buffer, from, to, PHP) ? from + PHP.length : from;
    return at == to || (buffer[at] == '/' && Ascii.find(buffer, at + 1, to, (byte) '/') == to);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
