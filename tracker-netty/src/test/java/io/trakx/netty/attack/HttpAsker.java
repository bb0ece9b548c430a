package io.trakx.netty.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trakx.netty.testing.Bencode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Announces over HTTP, on a connection that is kept or on a new one each time. */
final class HttpAsker implements NormalClient.Asker {
  private static final int LIMIT_MILLIS = 10_000;
  private static final int COMPACT_PEER = 6;

  private final InetSocketAddress server;
  private final InetSocketAddress source;
  private final boolean keepsAlive;
  private @Nullable Socket kept;

  HttpAsker(InetSocketAddress server, InetSocketAddress source, boolean keepsAlive) {
    this.server = server;
    this.source = source;
    this.keepsAlive = keepsAlive;
  }

  @Override
  public NormalClient.Answer announce(String infoHash, int port, int left, String event)
      throws IOException {
    String query =
        "info_hash=%s&peer_id=-NC0000-%012d&port=%d&left=%d&compact=1&event=%s"
            .formatted(infoHash, port, port, left, event);
    return parse(get("/announce?" + query));
  }

  /** How often a torrent was downloaded, as a scrape tells. */
  long downloaded(String infoHash) throws IOException {
    return Bencode.readDictionary(get("/scrape?info_hash=" + infoHash)).get("files")
                instanceof Map<?, ?> files
            && files.get(infoHash) instanceof Map<?, ?> file
            && file.get("downloaded") instanceof Long downloaded
        ? downloaded
        : 0;
  }

  private byte[] get(String path) throws IOException {
    String end = keepsAlive ? "\r\n" : "Connection: close\r\n\r\n";
    String request = "GET " + path + " HTTP/1.1\r\nHost: t\r\n" + end;
    Socket socket = kept;
    try {
      if (socket == null) {
        socket = connect();
      }
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      byte[] body = body(socket.getInputStream());
      kept = keepsAlive ? socket : null;
      return body;
    } catch (IOException | RuntimeException e) {
      kept = null;
      throw e;
    } finally {
      if (kept == null && socket != null) {
        socket.close();
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.bind(source);
    socket.connect(server, LIMIT_MILLIS);
    return socket;
  }

  private static byte[] body(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed after: " + head);
      }
      head.append((char) next);
    }
    if (head.indexOf("HTTP/1.1 200 ") != 0) {
      throw new IOException("not 200: " + head);
    }
    int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
    int length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
    return in.readNBytes(length);
  }

  private static NormalClient.Answer parse(byte[] body) {
    Map<String, Object> answer = Bencode.readDictionary(body);
    if (!(answer.get("peers") instanceof String peers
        && answer.get("complete") instanceof Long complete
        && answer.get("incomplete") instanceof Long incomplete)) {
      throw new IllegalStateException("no answer to an announce: " + answer);
    }
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < peers.length(); i += COMPACT_PEER) {
      ports.add(peers.charAt(i + 4) << 8 | peers.charAt(i + 5));
    }
    return new NormalClient.Answer(Math.toIntExact(complete), Math.toIntExact(incomplete), ports);
  }

  @Override
  public int retries() {
    return 0;
  }

  @Override
  public void close() {
    try {
      if (kept != null) {
        kept.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
