package io.trakx.netty.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request head says, by a slow and obvious parser on strings: the oracle for {@link
 * RequestHead}.
 *
 * @param consumed as {@link RequestHead#parse} returns it; the rest is meaningless unless positive
 */
record ReferenceHead(
    int consumed,
    HttpVerb method,
    Route route,
    String query,
    boolean http10,
    boolean keepAlive,
    boolean hasBody,
    boolean acceptsGzip,
    List<String> forwarded) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") (.+) HTTP/1\\.([0-9])", Pattern.DOTALL);
  private static final Pattern HEADER = Pattern.compile("(" + TOKEN + "):(.*)", Pattern.DOTALL);
  private static final Pattern PATH =
      Pattern.compile("/+(announce|scrape)(\\.php)?(/[^/]*)?", Pattern.DOTALL);
  private static final Pattern ABSOLUTE =
      Pattern.compile("https?://[^/]*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  static ReferenceHead parse(byte[] bytes, String clientAddressHeader) {
    String text = Latin1.text(bytes);
    int at = 0;
    int emptyLines = 0;
    while (text.startsWith("\n", at) || text.startsWith("\r\n", at)) {
      at = text.indexOf('\n', at) + 1;
      emptyLines++;
      if (emptyLines > RequestHead.MAX_LEADING_EMPTY_LINES) {
        return outcome(RequestHead.MALFORMED);
      }
    }
    String rest = text.substring(at);
    if (rest.isEmpty() || rest.equals("\r")) {
      return outcome(RequestHead.INCOMPLETE);
    }
    if (!rest.substring(0, 1).matches(TOKEN)) {
      return outcome(RequestHead.MALFORMED);
    }
    Matcher requestLine = null;
    List<String[]> headers = new ArrayList<>();
    while (true) {
      int lineFeed = text.indexOf('\n', at);
      if (lineFeed < 0) {
        return outcome(RequestHead.INCOMPLETE);
      }
      int end = lineFeed > at && text.charAt(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
      String line = text.substring(at, end);
      at = lineFeed + 1;
      if (requestLine == null) {
        requestLine = REQUEST_LINE.matcher(line);
        if (hasControls(line)
            || !requestLine.matches()
            || stripLeadingSpaces(requestLine.group(2)).isEmpty()) {
          return outcome(RequestHead.MALFORMED);
        }
      } else if (line.isEmpty()) {
        return judge(at, requestLine, headers, clientAddressHeader);
      } else {
        Matcher header = HEADER.matcher(line);
        if (hasControls(line.replace('\t', ' '))
            || !header.matches()
            || headers.size() == RequestHead.MAX_HEADER_LINES) {
          return outcome(RequestHead.MALFORMED);
        }
        headers.add(new String[] {header.group(1).toLowerCase(Locale.ROOT), header.group(2)});
        if (!valid(headers, clientAddressHeader)) {
          return outcome(RequestHead.MALFORMED);
        }
      }
    }
  }

  private static boolean valid(List<String[]> headers, String clientAddressHeader) {
    int forwarded = 0;
    for (String[] header : headers) {
      if (header[0].equals("content-length") && !strip(header[1]).matches("[0-9]+")) {
        return false;
      }
      if (header[0].equals(clientAddressHeader)) {
        forwarded++;
      }
    }
    return forwarded <= RequestHead.MAX_FORWARDED_LINES;
  }

  private static ReferenceHead judge(
      int consumed, Matcher requestLine, List<String[]> headers, String clientAddressHeader) {
    boolean http10 = requestLine.group(3).equals("0");
    boolean close = false;
    boolean keepAlive = false;
    boolean body = false;
    boolean gzip = false;
    List<String> forwarded = new ArrayList<>();
    for (String[] header : headers) {
      switch (header[0]) {
        case "connection" -> {
          for (String option : header[1].split(",", -1)) {
            close |= strip(option).equalsIgnoreCase("close");
            keepAlive |= strip(option).equalsIgnoreCase("keep-alive");
          }
        }
        case "content-length" -> body |= !strip(header[1]).matches("0+");
        case "transfer-encoding" -> body = true;
        case "accept-encoding" -> gzip |= gzip(header[1]);
        default -> {}
      }
      if (header[0].equals(clientAddressHeader)) {
        forwarded.add(header[1]);
      }
    }
    String target = stripLeadingSpaces(requestLine.group(2));
    int questionMark = target.indexOf('?');
    String path = questionMark < 0 ? target : target.substring(0, questionMark);
    Route route = route(path);
    return new ReferenceHead(
        consumed,
        switch (requestLine.group(1)) {
          case "GET" -> HttpVerb.GET;
          case "HEAD" -> HttpVerb.HEAD;
          default -> HttpVerb.OTHER;
        },
        route,
        questionMark < 0 ? "" : target.substring(questionMark + 1),
        http10,
        !close && (!http10 || keepAlive),
        body,
        gzip && route != Route.ANNOUNCE,
        forwarded);
  }

  private static Route route(String path) {
    String bare = path.replaceFirst(" +$", "");
    Matcher absolute = ABSOLUTE.matcher(bare);
    if (absolute.lookingAt()) {
      bare = bare.substring(absolute.end());
    }
    Matcher route = PATH.matcher(bare);
    if (!route.matches()) {
      return Route.OTHER;
    }
    return route.group(1).equals("announce") ? Route.ANNOUNCE : Route.SCRAPE;
  }

  private static boolean gzip(String value) {
    for (String element : value.split(",", -1)) {
      String[] parts = element.split(";", 2);
      if (strip(parts[0]).matches("(?i)(x-)?gzip")) {
        if (parts.length == 1 || !strip(parts[1]).matches("[qQ]=[0.]+")) {
          return true;
        }
      }
    }
    return false;
  }

  private static ReferenceHead outcome(int consumed) {
    return new ReferenceHead(
        consumed, HttpVerb.OTHER, Route.OTHER, "", false, false, false, false, List.of());
  }

  private static boolean hasControls(String line) {
    return line.chars().anyMatch(c -> c < ' ' || c == 0x7f);
  }

  private static String stripLeadingSpaces(String text) {
    return text.replaceFirst("^ +", "");
  }

  private static String strip(String value) {
    return value.replaceFirst("^[ \t]+", "").replaceFirst("[ \t]+$", "");
  }
}
