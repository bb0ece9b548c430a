package io.trakx.bench.load;

import java.nio.ByteBuffer;

/**
 * Writes HTTP requests the way libtorrent's clients do: bytes outside of RFC 3986's unreserved ones
 * are percent-encoded.
 *
 * <p>Allocates nothing. Not thread-safe.
 */
final class HttpRequestWriter {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(Bytes.ASCII);
  private static final byte[] PEER_ID = ascii("&peer_id=");
  private static final byte[] PORT = ascii("&port=");
  private static final byte[] SEEDS = ascii("&uploaded=0&downloaded=0&left=0");
  private static final byte[] LEECHES = ascii("&uploaded=0&downloaded=0&left=1048576");
  private static final byte[] NUMWANT = ascii("&compact=1&numwant=");
  private static final byte[] KEY = ascii("&key=");

  private final Population population;
  private final int numwant;
  private final byte[] announce;
  private final byte[] scrape;
  private final byte[] headers;
  private final ByteBuffer infoHash = ByteBuffer.allocate(Population.INFO_HASH_BYTES);

  HttpRequestWriter(Target target, Population population, int numwant, boolean keepAlive) {
    this.population = population;
    this.numwant = numwant;
    announce = ascii("GET " + target.path() + "?info_hash=");
    scrape = ascii("GET " + target.path().replace("announce", "scrape") + "?info_hash=");
    headers =
        ascii(
            " HTTP/1.1\r\nHost: "
                + target.host()
                + "\r\nUser-Agent: trakx-load/1\r\nAccept-Encoding: gzip\r\nConnection: "
                + (keepAlive ? "keep-alive" : "close")
                + "\r\n\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(Bytes.ASCII);
  }

  /** Appends a request. */
  void put(ByteBuffer target, long peer, RequestKind kind) {
    target.put(kind == RequestKind.SCRAPE ? scrape : announce);
    putInfoHash(target, population.swarm(peer));
    if (kind != RequestKind.SCRAPE) {
      target.put(PEER_ID);
      Population.putPeerId(target, peer);
      target.put(PORT);
      Bytes.putDecimal(target, population.port(peer));
      boolean seeds = kind == RequestKind.COMPLETED || population.seeds(peer);
      target.put(seeds ? SEEDS : LEECHES).put(NUMWANT);
      Bytes.putDecimal(target, numwant);
      target.put(KEY);
      Bytes.putDecimal(target, Integer.toUnsignedLong(population.key(peer)));
      putAscii(target, kind.httpParameter());
    }
    target.put(headers);
  }

  private static void putAscii(ByteBuffer target, String text) {
    for (int i = 0; i < text.length(); i++) {
      target.put((byte) text.charAt(i));
    }
  }

  private void putInfoHash(ByteBuffer target, int swarm) {
    infoHash.clear();
    Population.putInfoHash(infoHash, swarm);
    for (byte b : infoHash.array()) {
      if (isUnreserved(b)) {
        target.put(b);
      } else {
        target.put((byte) '%').put(HEX[b >>> 4 & 0xf]).put(HEX[b & 0xf]);
      }
    }
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
