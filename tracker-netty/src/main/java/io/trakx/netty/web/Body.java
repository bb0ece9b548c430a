package io.trakx.netty.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What an address is answered with, ready to be sent any number of times.
 *
 * @param status the HTTP status code
 * @param contentType its media type
 * @param cacheControl how long who may keep it
 * @param tag a strong entity tag without quotes; empty: none
 * @param bytes as they are sent; nobody changes them
 * @param gzip whether these are compressed
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record Body(
    int status, String contentType, String cacheControl, String tag, byte[] bytes, boolean gzip) {

  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";

  /** To be asked for again each time. */
  static final String NOT_KEPT = "no-cache";

  /** One that lives for seconds. */
  static Body shortLived(int status, String contentType, String cacheControl, byte[] bytes) {
    return new Body(status, contentType, cacheControl, "", bytes, false);
  }

  /** One that stays what it is for as long as its address does. */
  static Body lasting(String contentType, String tag, byte[] bytes) {
    return new Body(200, contentType, "public, max-age=31536000, immutable", tag, bytes, false);
  }

  /** The same compressed; little time is spent on what does not last. */
  Body compressed() {
    int level = tag.isEmpty() ? Deflater.DEFAULT_COMPRESSION : Deflater.BEST_COMPRESSION;
    return new Body(status, contentType, cacheControl, tag, compressed(bytes, level), true);
  }

  private static byte[] compressed(byte[] plain, int level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 64);
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(level);
          }
        }) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
