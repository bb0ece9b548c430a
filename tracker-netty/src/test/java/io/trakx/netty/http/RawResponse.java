package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trakx.netty.testing.Bencode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP response as it came over the wire: head and body as ISO 8859-1. */
record RawResponse(String head, String text) {

  int status() {
    return Integer.parseInt(head.substring(9, 12));
  }

  /** The headers by lower-case name. */
  Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    head.lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              headers.put(
                  line.substring(0, colon).toLowerCase(Locale.ROOT),
                  line.substring(colon + 1).strip());
            });
    return headers;
  }

  /** The body as a bencoded dictionary, strings as ISO 8859-1. */
  Map<String, Object> dictionary() {
    return Bencode.readDictionary(text.getBytes(ISO_8859_1));
  }

  int number(String key) {
    Object value = dictionary().get(key);
    if (value instanceof Long number) {
      return Math.toIntExact(number);
    }
    throw new AssertionError("no number " + key + " in " + text());
  }

  String string(String key) {
    Object value = dictionary().get(key);
    if (value instanceof String string) {
      return string;
    }
    throw new AssertionError("no string " + key + " in " + text());
  }

  boolean has(String key) {
    return dictionary().containsKey(key);
  }
}
