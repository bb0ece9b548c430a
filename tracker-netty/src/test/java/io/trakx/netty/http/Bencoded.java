package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strict reader of bencoded bytes: keys in sorted order, no leading zeros, nothing left over. */
final class Bencoded {
  private final byte[] bytes;
  private int at;

  private Bencoded(byte[] bytes) {
    this.bytes = bytes;
  }

  static Map<String, Object> dictionary(byte[] bytes) {
    Bencoded reader = new Bencoded(bytes);
    Map<String, Object> dictionary = reader.dictionary();
    check(reader.at == bytes.length, "bytes left over", bytes);
    return dictionary;
  }

  private Object value() {
    return switch (bytes[at]) {
      case 'd' -> dictionary();
      case 'l' -> list();
      case 'i' -> number();
      default -> string();
    };
  }

  private Map<String, Object> dictionary() {
    expect('d');
    Map<String, Object> dictionary = new LinkedHashMap<>();
    String last = null;
    while (bytes[at] != 'e') {
      String key = string();
      check(last == null || last.compareTo(key) < 0, "keys are not sorted", bytes);
      last = key;
      dictionary.put(key, value());
    }
    at++;
    return dictionary;
  }

  private List<Object> list() {
    expect('l');
    List<Object> list = new ArrayList<>();
    while (bytes[at] != 'e') {
      list.add(value());
    }
    at++;
    return list;
  }

  private Long number() {
    expect('i');
    String digits = until('e');
    check(digits.matches("0|-?[1-9][0-9]*"), "not a bencoded number", bytes);
    return Long.valueOf(digits);
  }

  private String string() {
    String digits = until(':');
    check(digits.matches("0|[1-9][0-9]*"), "not a bencoded string", bytes);
    int length = Integer.parseInt(digits);
    String string = new String(bytes, at, length, ISO_8859_1);
    at += length;
    return string;
  }

  private String until(char end) {
    int from = at;
    while (bytes[at] != end) {
      at++;
    }
    return new String(bytes, from, at++ - from, ISO_8859_1);
  }

  private void expect(char first) {
    check(bytes[at++] == first, "expected " + first, bytes);
  }

  private static void check(boolean holds, String what, byte[] bytes) {
    if (!holds) {
      throw new AssertionError(what + ": " + new String(bytes, ISO_8859_1));
    }
  }
}
