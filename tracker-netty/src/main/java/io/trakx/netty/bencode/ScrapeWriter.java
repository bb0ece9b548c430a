package io.trakx.netty.bencode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.Scrape;
import java.util.Arrays;

/**
 * Writes the figures of a scrape (BEP 48), info-hashes sorted bytewise.
 *
 * <pre>
 * d 5:files d 20:HASH d 8:complete iNe 10:downloaded iNe 10:incomplete iNe e ... e
 *   5:flags d 20:min_request_interval iNe e e
 * </pre>
 *
 * <p>Allocates nothing once it has seen the largest scrape. Reused, not thread-safe.
 */
final class ScrapeWriter {
  private static final byte[] FILES = ascii("d5:filesd");
  private static final byte[] HASH = ascii("20:");
  private static final byte[] COMPLETE = ascii("d8:completei");
  private static final byte[] DOWNLOADED = ascii("e10:downloadedi");
  private static final byte[] INCOMPLETE = ascii("e10:incompletei");
  private static final byte[] FILE_END = ascii("ee");
  private static final byte[] FLAGS = ascii("e5:flagsd20:min_request_intervali");
  private static final byte[] END = ascii("eee");
  private static final int MAX_INT_DIGITS = 10;

  /** Bytes of one file without its three numbers. */
  private static final int FILE_FRAME =
      HASH.length
          + Bytes20.BYTES
          + COMPLETE.length
          + DOWNLOADED.length
          + INCOMPLETE.length
          + FILE_END.length;

  private final byte[] file = new byte[FILE_FRAME + 3 * MAX_INT_DIGITS];
  private int[] order = new int[0];

  int length(Scrape scrape, int minRequestIntervalSeconds) {
    int length = FILES.length + FLAGS.length + Digits.count(minRequestIntervalSeconds) + END.length;
    for (int i = 0; i < scrape.size(); i++) {
      length +=
          FILE_FRAME
              + Digits.count(scrape.complete(i))
              + Digits.count(scrape.downloaded(i))
              + Digits.count(scrape.incomplete(i));
    }
    return length;
  }

  void write(ByteBuf out, Scrape scrape, int minRequestIntervalSeconds) {
    open(out);
    writeFiles(out, scrape);
    close(out, minRequestIntervalSeconds);
  }

  void open(ByteBuf out) {
    out.writeBytes(FILES);
  }

  void writeFiles(ByteBuf out, Scrape scrape) {
    sort(scrape);
    for (int i = 0; i < scrape.size(); i++) {
      int index = order[i];
      int at = put(0, HASH);
      System.arraycopy(scrape.infoHashes(), index * Bytes20.BYTES, file, at, Bytes20.BYTES);
      at = put(at + Bytes20.BYTES, COMPLETE);
      at = Digits.put(file, at, scrape.complete(index));
      at = put(at, DOWNLOADED);
      at = Digits.put(file, at, scrape.downloaded(index));
      at = put(at, INCOMPLETE);
      at = Digits.put(file, at, scrape.incomplete(index));
      at = put(at, FILE_END);
      out.writeBytes(file, 0, at);
    }
  }

  void close(ByteBuf out, int minRequestIntervalSeconds) {
    int at = put(0, FLAGS);
    at = Digits.put(file, at, minRequestIntervalSeconds);
    at = put(at, END);
    out.writeBytes(file, 0, at);
  }

  /** Sorts indices by binary insertion: scrapes are short, and it needs no memory. */
  private void sort(Scrape scrape) {
    if (order.length < scrape.size()) {
      order = new int[scrape.capacity()];
    }
    byte[] hashes = scrape.infoHashes();
    for (int sorted = 0; sorted < scrape.size(); sorted++) {
      int low = 0;
      int high = sorted;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (compare(hashes, order[middle], sorted) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      System.arraycopy(order, low, order, low + 1, sorted - low);
      order[low] = sorted;
    }
  }

  private static int compare(byte[] hashes, int left, int right) {
    int leftAt = left * Bytes20.BYTES;
    int rightAt = right * Bytes20.BYTES;
    return Arrays.compareUnsigned(
        hashes, leftAt, leftAt + Bytes20.BYTES, hashes, rightAt, rightAt + Bytes20.BYTES);
  }

  private int put(int at, byte[] fragment) {
    System.arraycopy(fragment, 0, file, at, fragment.length);
    return at + fragment.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
