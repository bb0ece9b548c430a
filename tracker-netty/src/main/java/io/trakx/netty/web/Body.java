package io.trakx.netty.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What an address is answered with, as it is and compressed, ready to be sent any number of times.
 *
 * @param status the HTTP status code
 * @param contentType its media type
 * @param cacheControl how long who may keep it
 * @param tag a strong entity tag without quotes; empty: none
 * @param plain the bytes; nobody changes them
 * @param gzip the same compressed; nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record Body(
    int status, String contentType, String cacheControl, String tag, byte[] plain, byte[] gzip) {

  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";

  /** To be asked for again each time. */
  static final String NOT_KEPT = "no-cache";

  /** A body that lives for seconds, so that little time is spent on compressing it. */
  static Body shortLived(int status, String contentType, String cacheControl, byte[] plain) {
    return new Body(
        status,
        contentType,
        cacheControl,
        "",
        plain,
        compressed(plain, Deflater.DEFAULT_COMPRESSION));
  }

  /** A body that stays what it is for as long as its address does. */
  static Body lasting(String contentType, String tag, byte[] plain) {
    return new Body(
        200,
        contentType,
        "public, max-age=31536000, immutable",
        tag,
        plain,
        compressed(plain, Deflater.BEST_COMPRESSION));
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
