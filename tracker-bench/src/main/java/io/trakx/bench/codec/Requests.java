package io.trakx.bench.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;

/** Request heads as clients send them, each with other hashes, ids and figures. */
final class Requests {
  private static final int COUNT = 256;
  private static final String UNRESERVED =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~";

  private Requests() {}

  /**
   * Announces of Transmission 4: every byte of the info-hash escaped, a query of 255 to 275 bytes.
   */
  static byte[][] transmission() {
    Random random = new Random(1);
    byte[][] requests = new byte[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      requests[i] =
          head(
              "/announce?info_hash="
                  + allEscaped(random)
                  + "&peer_id=-TR4050-"
                  + characters(random, 12)
                  + "&port="
                  + (1024 + random.nextInt(60_000))
                  + "&uploaded="
                  + random.nextLong(1L << 35)
                  + "&downloaded="
                  + random.nextLong(1L << 33)
                  + "&left="
                  + random.nextLong(1L << 33)
                  + "&numwant=80&key="
                  + Integer.toHexString(random.nextInt())
                  + "&compact=1&supportcrypto=1&requirecrypto=1&corrupt=0&trackerid="
                  + characters(random, 32)
                  + "&event=started",
              "Host: tracker.example.com:1337",
              "User-Agent: Transmission/4.0.5",
              "Accept: */*",
              "Accept-Encoding: deflate, gzip, br, zstd");
    }
    return requests;
  }

  /** Announces of qBittorrent 4.6: only reserved bytes escaped, a few parameters more. */
  static byte[][] qBittorrent() {
    Random random = new Random(2);
    byte[][] requests = new byte[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      requests[i] =
          head(
              "/announce?info_hash="
                  + reservedEscaped(random)
                  + "&peer_id=-qB4650-"
                  + characters(random, 12)
                  + "&port="
                  + (1024 + random.nextInt(60_000))
                  + "&uploaded="
                  + random.nextLong(1L << 35)
                  + "&downloaded="
                  + random.nextLong(1L << 33)
                  + "&left="
                  + random.nextLong(1L << 33)
                  + "&corrupt=0&key="
                  + Integer.toHexString(random.nextInt())
                  + "&event=started&numwant=200&compact=1&no_peer_id=1&supportcrypto=1&redundant=0",
              "Host: tracker.example.com:1337",
              "User-Agent: qBittorrent/4.6.5",
              "Accept-Encoding: gzip",
              "Connection: close");
    }
    return requests;
  }

  /** Scrapes of 74 torrents, the most that UDP and our default allow. */
  static byte[][] scrapes() {
    Random random = new Random(3);
    byte[][] requests = new byte[16][];
    for (int i = 0; i < requests.length; i++) {
      StringBuilder target = new StringBuilder("/scrape?info_hash=" + allEscaped(random));
      for (int hash = 1; hash < 74; hash++) {
        target.append("&info_hash=").append(allEscaped(random));
      }
      requests[i] = head(target.toString(), "Host: tracker.example.com:1337", "Accept: */*");
    }
    return requests;
  }

  private static byte[] head(String target, String... headers) {
    return ("GET " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
        .getBytes(US_ASCII);
  }

  private static String allEscaped(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append("%%%02x".formatted(random.nextInt(256)));
    }
    return text.toString();
  }

  private static String reservedEscaped(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      char c = (char) random.nextInt(256);
      text.append(UNRESERVED.indexOf(c) >= 0 ? String.valueOf(c) : "%%%02x".formatted((int) c));
    }
    return text.toString();
  }

  private static String characters(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(UNRESERVED.charAt(random.nextInt(UNRESERVED.length())));
    }
    return text.toString();
  }
}
