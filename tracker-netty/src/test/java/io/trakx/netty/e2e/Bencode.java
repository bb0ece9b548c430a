package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bencoding (BEP 3) for tests, written without a look at the product's. Byte strings are {@code
 * String}s of ISO 8859-1, a byte a character, so that they sort and compare as bytes do; the others
 * are {@code Long}, {@code List} and {@code Map}.
 */
final class Bencode {
  private final String encoded;
  private int position;

  private Bencode(String encoded) {
    this.encoded = encoded;
  }

  static byte[] encode(Object value) {
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

  /**
   * Decodes a dictionary.
   *
   * @throws IllegalArgumentException if {@code bytes} are anything but one dictionary
   */
  static Map<String, Object> decodeDictionary(byte[] bytes) {
    String encoded = new String(bytes, ISO_8859_1);
    Bencode decoder = new Bencode(encoded);
    try {
      decoder.expect('d');
      Map<String, Object> dictionary = decoder.dictionary();
      if (decoder.position == encoded.length()) {
        return dictionary;
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("Not bencoded: " + encoded, e);
    }
    throw new IllegalArgumentException("More than a dictionary: " + encoded);
  }

  private Object value() {
    char type = encoded.charAt(position);
    return switch (type) {
      case 'i' -> {
        position++;
        yield Long.parseLong(upTo('e'));
      }
      case 'l' -> {
        position++;
        List<Object> list = new ArrayList<>();
        while (encoded.charAt(position) != 'e') {
          list.add(value());
        }
        position++;
        yield list;
      }
      case 'd' -> {
        position++;
        yield dictionary();
      }
      default -> bytes();
    };
  }

  private Map<String, Object> dictionary() {
    Map<String, Object> dictionary = new TreeMap<>();
    while (encoded.charAt(position) != 'e') {
      String key = bytes();
      dictionary.put(key, value());
    }
    position++;
    return dictionary;
  }

  private String bytes() {
    int length = Integer.parseInt(upTo(':'));
    position += length;
    return encoded.substring(position - length, position);
  }

  private String upTo(char end) {
    int start = position;
    position = encoded.indexOf(end, start) + 1;
    return encoded.substring(start, position - 1);
  }

  private void expect(char type) {
    if (encoded.charAt(position++) != type) {
      throw new IllegalArgumentException("Not a dictionary: " + encoded);
    }
  }
}
