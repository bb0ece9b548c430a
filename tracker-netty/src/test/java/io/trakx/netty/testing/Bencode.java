package io.trakx.netty.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bencoding (BEP 3) for tests, written without a look at the product's. Reading is strict: numbers
 * without needless zeros, keys sorted and unique, nothing behind the value.
 *
 * <p>Integers become {@link Long}, strings {@link String} with one character a byte, lists {@link
 * List} and dictionaries {@link Map}.
 */
public final class Bencode {
  private final String text;
  private int at;

  private Bencode(String text) {
    this.text = text;
  }

  public static Object read(byte[] bytes) {
    Bencode reader = new Bencode(new String(bytes, ISO_8859_1));
    Object value = reader.value();
    assertThat(reader.at).as("bytes that were the value").isEqualTo(reader.text.length());
    return value;
  }

  @SuppressWarnings("unchecked") // Keys are strings: see dictionary().
  public static Map<String, Object> readDictionary(byte[] bytes) {
    return (Map<String, Object>) read(bytes);
  }

  /** Bencodes what {@link #read} would give back, the keys of dictionaries sorted. */
  public static byte[] encode(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encode(value, out);
    return out.toByteArray();
  }

  private static void encode(Object value, ByteArrayOutputStream out) {
    switch (value) {
      case String bytes -> out.writeBytes((bytes.length() + ":" + bytes).getBytes(ISO_8859_1));
      case Number number -> out.writeBytes(("i" + number + "e").getBytes(ISO_8859_1));
      case List<?> list -> {
        out.write('l');
        list.forEach(element -> encode(element, out));
        out.write('e');
      }
      case Map<?, ?> map -> {
        out.write('d');
        new TreeMap<>(map)
            .forEach(
                (key, element) -> {
                  encode(key, out);
                  encode(element, out);
                });
        out.write('e');
      }
      default -> throw new IllegalArgumentException("Not for bencoding: " + value.getClass());
    }
  }

  private Object value() {
    return switch (text.charAt(at)) {
      case 'i' -> {
        at++;
        yield number('e');
      }
      case 'l' -> list();
      case 'd' -> dictionary();
      default -> string();
    };
  }

  private long number(char end) {
    int to = text.indexOf(end, at);
    String digits = text.substring(at, to);
    assertThat(digits).matches("0|-?[1-9][0-9]*");
    at = to + 1;
    return Long.parseLong(digits);
  }

  private String string() {
    int length = Math.toIntExact(number(':'));
    at += length;
    return text.substring(at - length, at);
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    at++;
    while (text.charAt(at) != 'e') {
      list.add(value());
    }
    at++;
    return list;
  }

  private Map<String, Object> dictionary() {
    Map<String, Object> dictionary = new LinkedHashMap<>();
    String previous = "";
    at++;
    while (text.charAt(at) != 'e') {
      String key = string();
      if (!dictionary.isEmpty()) {
        assertThat(key).as("key after " + previous).isGreaterThan(previous);
      }
      dictionary.put(key, value());
      previous = key;
    }
    at++;
    return dictionary;
  }
}
