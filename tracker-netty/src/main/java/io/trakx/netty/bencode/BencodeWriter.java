package io.trakx.netty.bencode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.AnnounceWarning;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the tracker answers as bencoded dictionaries, keys sorted (BEP 3, 7, 23, 24, 31, 48).
 *
 * <p>What stands between two long runs of bytes is put together in an array of the writer's own and
 * goes to the buffer in one piece, because each call on a buffer costs more than the bytes it
 * carries. Every length is exact, so that a head with its {@code Content-Length} can go first and
 * one buffer can be made large enough at once.
 *
 * <p>Allocates nothing once it has seen the largest scrape. Reused, not thread-safe.
 */
public final class BencodeWriter {
  // Fragments of an announce, in the order of their writing.
  private static final byte[] COMPLETE = ascii("d8:completei");
  private static final byte[] DOWNLOADED = ascii("e10:downloadedi");
  private static final byte[] EXTERNAL_IP4 = ascii("e11:external ip4:");
  private static final byte[] EXTERNAL_IP16 = ascii("e11:external ip16:");
  private static final byte[] INCOMPLETE = ascii("10:incompletei");
  private static final byte[] INTERVAL = ascii("e8:intervali");
  private static final byte[] MIN_INTERVAL = ascii("e12:min intervali");
  private static final byte[] PEERS = ascii("e5:peers");
  private static final byte[] PEERS6 = ascii("6:peers6");
  private static final byte[] WARNING = ascii("15:warning message");

  private static final byte[] FAILURE = ascii("d14:failure reason");
  private static final byte[] RETRY_IN = ascii("8:retry in");
  private static final byte[] NEVER = ascii("5:never");
  private static final String DETAIL_SEPARATOR = ": ";

  /** Room for all fragments and numbers of an announce, and for any piece between its peers. */
  private static final int SCRATCH_BYTES = 512;

  private final byte[] scratch = new byte[SCRATCH_BYTES];
  private final DictionaryPeers dictionaryPeers = new DictionaryPeers();
  private final ScrapeWriter scrapeWriter = new ScrapeWriter();
  private final Map<FailureReason, byte[]> failures = new EnumMap<>(FailureReason.class);
  private final Map<AnnounceWarning, byte[]> warnings = new EnumMap<>(AnnounceWarning.class);

  public BencodeWriter() {
    for (FailureReason reason : FailureReason.values()) {
      failures.put(reason, ascii(reason.text()));
    }
    for (AnnounceWarning warning : AnnounceWarning.values()) {
      warnings.put(warning, ascii(warning.text()));
    }
  }

  /** Bytes that {@link #writeAnnounce} writes. */
  public int announceLength(AnnounceRequest request, AnnounceResponse response) {
    int length =
        COMPLETE.length
            + Digits.count(response.complete())
            + DOWNLOADED.length
            + Digits.count(response.downloaded())
            + externalIp(request.address().family()).length
            + request.address().family().addressBytes()
            + INCOMPLETE.length
            + Digits.count(response.incomplete())
            + INTERVAL.length
            + Digits.count(response.intervalSeconds())
            + MIN_INTERVAL.length
            + Digits.count(response.minIntervalSeconds())
            + PEERS.length
            + 1;
    if (request.compact()) {
      length += stringLength(response.peers(AddressFamily.IPV4).compactLength());
      if (hasPeers6(request, response)) {
        int peers6Length = response.peers(AddressFamily.IPV6).compactLength();
        length += PEERS6.length + stringLength(peers6Length);
      }
    } else {
      length += dictionaryPeers.length(response, request.withPeerIds());
    }
    AnnounceWarning warning = response.warning();
    return warning == null
        ? length
        : length + WARNING.length + stringLength(warning.text().length());
  }

  /**
   * Writes an announce's answer. {@code peers} is always there. In compact form {@code peers6} is
   * there if it has peers or the client came by IPv6, in dictionary form it is not: {@code peers}
   * is one list then, the peers of the client's own family first.
   */
  public void writeAnnounce(ByteBuf out, AnnounceRequest request, AnnounceResponse response) {
    AddressFamily family = request.address().family();
    int at = put(0, COMPLETE);
    at = Digits.put(scratch, at, response.complete());
    at = put(at, DOWNLOADED);
    at = Digits.put(scratch, at, response.downloaded());
    at = put(at, externalIp(family));
    if (family == AddressFamily.IPV6) {
      at = putBytes(at, request.address().high(), Long.BYTES);
      at = putBytes(at, request.address().low(), Long.BYTES);
    } else {
      at = putBytes(at, request.address().low(), Integer.BYTES);
    }
    at = put(at, INCOMPLETE);
    at = Digits.put(scratch, at, response.incomplete());
    at = put(at, INTERVAL);
    at = Digits.put(scratch, at, response.intervalSeconds());
    at = put(at, MIN_INTERVAL);
    at = Digits.put(scratch, at, response.minIntervalSeconds());
    at = put(at, PEERS);
    if (request.compact()) {
      at = writeCompact(out, at, response, AddressFamily.IPV4);
      if (hasPeers6(request, response)) {
        at = writeCompact(out, put(at, PEERS6), response, AddressFamily.IPV6);
      }
    } else {
      out.writeBytes(scratch, 0, at);
      dictionaryPeers.write(out, response, family, request.withPeerIds());
      at = 0;
    }
    AnnounceWarning warning = response.warning();
    if (warning != null) {
      at = put(at, WARNING);
      at = putString(at, text(warnings, warning));
    }
    scratch[at++] = 'e';
    out.writeBytes(scratch, 0, at);
  }

  private int writeCompact(ByteBuf out, int at, AnnounceResponse response, AddressFamily family) {
    int length = response.peers(family).compactLength();
    int end = Digits.put(scratch, at, length);
    scratch[end++] = ':';
    if (length == 0) {
      return end;
    }
    out.writeBytes(scratch, 0, end);
    out.writeBytes(response.peers(family).compact(), 0, length);
    return 0;
  }

  private static boolean hasPeers6(AnnounceRequest request, AnnounceResponse response) {
    return request.address().family() == AddressFamily.IPV6
        || response.peers(AddressFamily.IPV6).size() > 0;
  }

  private static byte[] externalIp(AddressFamily family) {
    return family == AddressFamily.IPV4 ? EXTERNAL_IP4 : EXTERNAL_IP16;
  }

  /** Bytes that {@link #writeFailure} writes. */
  public int failureLength(FailureReason reason, @Nullable String detail) {
    int text = reason.text().length();
    if (detail != null) {
      text += DETAIL_SEPARATOR.length() + ByteBufUtil.utf8Bytes(detail);
    }
    return FAILURE.length + stringLength(text) + retryInLength(reason) + 1;
  }

  /**
   * Writes why an announce or a scrape was refused, and when to try again if the reason says so.
   *
   * @param detail what to say behind the reason and a colon, as UTF-8; or null
   */
  public void writeFailure(ByteBuf out, FailureReason reason, @Nullable String detail) {
    byte[] text = text(failures, reason);
    int at = put(0, FAILURE);
    if (detail == null) {
      at = putString(at, text);
    } else {
      int separator = DETAIL_SEPARATOR.length();
      at = Digits.put(scratch, at, text.length + separator + ByteBufUtil.utf8Bytes(detail));
      scratch[at++] = ':';
      at = put(at, text);
      for (int i = 0; i < separator; i++) {
        scratch[at++] = (byte) DETAIL_SEPARATOR.charAt(i);
      }
      out.writeBytes(scratch, 0, at);
      ByteBufUtil.writeUtf8(out, detail);
      at = 0;
    }
    if (reason.retryInMinutes() != FailureReason.RETRY_UNSAID) {
      at = put(at, RETRY_IN);
      if (reason.retryInMinutes() == FailureReason.RETRY_NEVER) {
        at = put(at, NEVER);
      } else {
        scratch[at++] = 'i';
        at = Digits.put(scratch, at, reason.retryInMinutes());
        scratch[at++] = 'e';
      }
    }
    scratch[at++] = 'e';
    out.writeBytes(scratch, 0, at);
  }

  private static int retryInLength(FailureReason reason) {
    return switch (reason.retryInMinutes()) {
      case FailureReason.RETRY_UNSAID -> 0;
      case FailureReason.RETRY_NEVER -> RETRY_IN.length + NEVER.length;
      default -> RETRY_IN.length + 2 + Digits.count(reason.retryInMinutes());
    };
  }

  /**
   * Bytes that {@link #writeScrape} writes.
   *
   * @param minRequestIntervalSeconds how long a client should wait between scrapes, 0 or more
   */
  public int scrapeLength(Scrape scrape, int minRequestIntervalSeconds) {
    return scrapeWriter.length(scrape, minRequestIntervalSeconds);
  }

  /**
   * Writes the figures of a scrape, whose info-hashes may be in any order, but none twice.
   *
   * @param minRequestIntervalSeconds how long a client should wait between scrapes, 0 or more
   */
  public void writeScrape(ByteBuf out, Scrape scrape, int minRequestIntervalSeconds) {
    scrapeWriter.write(out, scrape, minRequestIntervalSeconds);
  }

  /**
   * Begins a scrape that is written in parts: {@link #writeScrapeFiles} any number of times, each
   * with greater info-hashes than the last, then {@link #closeScrape}.
   */
  public void openScrape(ByteBuf out) {
    scrapeWriter.open(out);
  }

  /** Writes the figures of some torrents of a scrape; see {@link #openScrape}. */
  public void writeScrapeFiles(ByteBuf out, Scrape scrape) {
    scrapeWriter.writeFiles(out, scrape);
  }

  /** Ends a scrape; see {@link #openScrape}. */
  public void closeScrape(ByteBuf out, int minRequestIntervalSeconds) {
    scrapeWriter.close(out, minRequestIntervalSeconds);
  }

  private int put(int at, byte[] fragment) {
    System.arraycopy(fragment, 0, scratch, at, fragment.length);
    return at + fragment.length;
  }

  private int putString(int at, byte[] text) {
    int end = Digits.put(scratch, at, text.length);
    scratch[end++] = ':';
    return put(end, text);
  }

  /** Puts the lowest {@code count} bytes of {@code value}, the highest of them first. */
  private int putBytes(int at, long value, int count) {
    for (int i = 0; i < count; i++) {
      scratch[at + i] = (byte) (value >>> (Byte.SIZE * (count - 1 - i)));
    }
    return at + count;
  }

  /** Bytes of a bencoded string: its length, a colon and itself. */
  private static int stringLength(int bytes) {
    return Digits.count(bytes) + 1 + bytes;
  }

  private static <K extends Enum<K>> byte[] text(Map<K, byte[]> texts, K key) {
    byte[] text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("no text for " + key);
    }
    return text;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
