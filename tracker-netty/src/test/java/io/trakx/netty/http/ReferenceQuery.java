package io.trakx.netty.http;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a query says, by a slow and obvious parser on strings: the oracle for the decoder. */
final class ReferenceQuery {
  private static final Pattern HASH =
      Pattern.compile("(?:[^%]|%[0-9a-fA-F]{2}){20}", Pattern.DOTALL);
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private ReferenceQuery() {}

  /** An announce, or why it is none. */
  record Announce(
      @Nullable FailureReason failure,
      String infoHash,
      String peerId,
      int port,
      long uploaded,
      long downloaded,
      long left,
      int numwant,
      AnnounceEvent event,
      boolean compact,
      boolean withPeerIds) {
    static Announce failed(FailureReason failure) {
      return new Announce(failure, "", "", 0, 0, 0, 0, 0, AnnounceEvent.NONE, false, false);
    }

    static Announce of(AnnounceRequest request) {
      return new Announce(
          null,
          request.infoHash().toString(),
          request.peerId().toString(),
          request.address().port(),
          request.uploaded(),
          request.downloaded(),
          request.left(),
          request.numwant(),
          request.event(),
          request.compact(),
          request.withPeerIds());
    }
  }

  static Announce announce(String query) {
    Map<String, String> last = new HashMap<>();
    Map<String, String> first = new HashMap<>();
    for (String[] parameter : parameters(query)) {
      last.put(parameter[0], parameter[1]);
      first.putIfAbsent(parameter[0], parameter[1]);
    }
    String infoHash = first.get("info_hash");
    if (infoHash == null) {
      return Announce.failed(FailureReason.MISSING_INFO_HASH);
    }
    if (!HASH.matcher(infoHash).matches()) {
      return Announce.failed(FailureReason.INVALID_INFO_HASH);
    }
    String peerId = last.get("peer_id");
    if (peerId == null) {
      return Announce.failed(FailureReason.MISSING_PEER_ID);
    }
    if (!HASH.matcher(peerId).matches()) {
      return Announce.failed(FailureReason.INVALID_PEER_ID);
    }
    AnnounceEvent event =
        switch (last.getOrDefault("event", "")) {
          case "started" -> AnnounceEvent.STARTED;
          case "completed" -> AnnounceEvent.COMPLETED;
          case "stopped" -> AnnounceEvent.STOPPED;
          case "paused" -> AnnounceEvent.PAUSED;
          default -> AnnounceEvent.NONE;
        };
    String port = orZero(last.get("port"));
    BigInteger portNumber =
        port.matches("-?[0-9]+") ? new BigInteger(port) : BigInteger.TEN.negate();
    boolean noPort = portNumber.signum() == 0 && event != AnnounceEvent.STOPPED;
    if (portNumber.signum() < 0 || portNumber.bitLength() > 16 || noPort) {
      return Announce.failed(FailureReason.INVALID_PORT);
    }
    for (String key : List.of("uploaded", "downloaded", "left", "numwant")) {
      if (!orZero(last.get(key)).matches("-?[0-9]+")) {
        return Announce.failed(FailureReason.INVALID_NUMBER);
      }
    }
    boolean compact = !last.getOrDefault("compact", "").equals("0");
    return new Announce(
        null,
        HexFormat.of().formatHex(decode(infoHash)),
        HexFormat.of().formatHex(decode(peerId)),
        portNumber.intValueExact(),
        number(last.get("uploaded"), 0),
        number(last.get("downloaded"), 0),
        number(last.get("left"), AnnounceRequest.LEFT_UNKNOWN),
        (int)
            Math.min(
                number(last.get("numwant"), AnnounceRequest.NUMWANT_DEFAULT), Integer.MAX_VALUE),
        event,
        compact,
        !compact && !last.getOrDefault("no_peer_id", "").equals("1"));
  }

  /** The info-hashes of a scrape as hexadecimal digits, or why it is none. */
  record ScrapeQuery(@Nullable FailureReason failure, List<String> infoHashes) {
    static ScrapeQuery of(Scrape scrape) {
      List<String> hashes = new ArrayList<>();
      for (int i = 0; i < scrape.size(); i++) {
        hashes.add(HexFormat.of().formatHex(scrape.infoHashes(), 20 * i, 20 * (i + 1)));
      }
      return new ScrapeQuery(null, hashes);
    }
  }

  static ScrapeQuery scrape(String query, int capacity) {
    List<String> hashes = new ArrayList<>();
    for (String[] parameter : parameters(query)) {
      if (hashes.size() == capacity) {
        break;
      }
      if (parameter[0].equals("info_hash")) {
        if (!HASH.matcher(parameter[1]).matches()) {
          return new ScrapeQuery(FailureReason.INVALID_INFO_HASH, List.of());
        }
        String hash = HexFormat.of().formatHex(decode(parameter[1]));
        if (!hashes.contains(hash)) {
          hashes.add(hash);
        }
      }
    }
    return new ScrapeQuery(null, hashes);
  }

  private static List<String[]> parameters(String query) {
    List<String[]> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      parameters.add(
          equals < 0
              ? new String[] {parameter, ""}
              : new String[] {parameter.substring(0, equals), parameter.substring(equals + 1)});
    }
    return parameters;
  }

  private static String orZero(@Nullable String value) {
    return value == null || value.isEmpty() ? "0" : value;
  }

  private static long number(@Nullable String value, long unsaid) {
    if (value == null || value.isEmpty()) {
      return unsaid;
    }
    BigInteger number = new BigInteger(value);
    return number.signum() < 0 ? unsaid : number.min(MAX_LONG).longValueExact();
  }

  private static byte[] decode(String value) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '%') {
        decoded.append((char) Integer.parseInt(value.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        decoded.append(value.charAt(i));
      }
    }
    return Latin1.bytes(decoded.toString());
  }
}
