package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Two trackers behind Debian's nginx and HAProxy, which are configured by the examples of the
 * distribution with nothing changed but addresses, ports and file names.
 *
 * <pre>
 *                      nginx  80, 443     ---> .1 X-Forwarded-For of both trackers
 *   clients            nginx  stream      ---> .2 PROXY protocol of the first tracker
 *   127.0.0.x, ::1     HAProxy 80, 443    ---> .1 of both trackers
 *                      HAProxy 1337       ---> .2 of the first tracker, or its HTTPS port
 *   a third listener, .3, is for whoever comes straight
 * </pre>
 */
final class ProxyFixture implements AutoCloseable {
  /** What the programs' packages are called in messages; openssl makes the certificate. */
  static final List<String> PROGRAMS = List.of("nginx", "haproxy", "openssl", "setpriv");

  private static final Duration START = Duration.ofSeconds(60);
  private static final String LISTEN =
      "http.listen=127.0.0.1:0 proxy=127.0.0.1,"
          + "127.0.0.1:0 proxy=127.0.0.1 proxy_protocol=true,127.0.0.1:0";

  /** The ways in, and whether they choose the tracker by info-hash. */
  enum Entrance {
    NGINX_HTTP(false),
    NGINX_HTTPS(true),
    NGINX_STREAM(false),
    HAPROXY_HTTP(false),
    HAPROXY_HTTPS(true),
    HAPROXY_VERSION_2(false),
    HAPROXY_VERSION_1(false),
    /** Passes TLS on to the tracker, behind a header that is not encrypted. */
    HAPROXY_PASSING_TLS(true);

    private final boolean encrypted;

    Entrance(boolean encrypted) {
      this.encrypted = encrypted;
    }
  }

  private final Path directory;
  private final List<AutoCloseable> running = new ArrayList<>();
  private final List<TrakxProcess> trackers = new ArrayList<>();
  private final Map<Entrance, Integer> ports = new EnumMap<>(Entrance.class);
  private final ProxyCertificate certificate;

  private ProxyFixture(Path directory) throws IOException {
    this.directory = directory;
    this.certificate = ProxyCertificate.make(directory);
  }

  static ProxyFixture start(Path directory) throws Exception {
    ProxyFixture fixture = new ProxyFixture(directory);
    try {
      fixture.startAll();
      return fixture;
    } catch (Exception | AssertionError e) {
      fixture.close();
      throw e;
    }
  }

  private void startAll() throws IOException {
    for (String name : List.of("one", "two")) {
      Path home = Files.createDirectory(directory.resolve(name));
      TrakxProcess tracker =
          TrakxProcess.start(
              home,
              UnaryOperator.identity(),
              List.of("127.0.0.1:0"),
              LISTEN,
              "https.listen=127.0.0.1:0 proxy=127.0.0.1 proxy_protocol=true",
              "https.certificate=" + certificate.chain(),
              "https.private_key=" + certificate.key());
      running.add(tracker);
      trackers.add(tracker);
    }
    choosePorts();
    startNginx();
    startHaproxy("haproxy", UnaryOperator.identity(), Entrance.HAPROXY_VERSION_2);
    // The same with the other version. Its ways in for HTTP are not used, but want ports as well.
    startHaproxy(
        "haproxy-version-1",
        example -> changed(example, " send-proxy-v2 ", " send-proxy "),
        Entrance.HAPROXY_VERSION_1);
    TrakxProcess first = trackers.getFirst();
    startHaproxy(
        "haproxy-passing-tls",
        example ->
            changed(
                example,
                ":%d send-proxy-v2 ".formatted(first.http().get(1).getPort()),
                ":%d send-proxy-v2 ".formatted(first.https().getFirst().getPort())),
        Entrance.HAPROXY_PASSING_TLS);
  }

  /** The trackers, both of them. */
  List<TrakxProcess> trackers() {
    return trackers;
  }

  InetSocketAddress address(Entrance entrance, String client) {
    String host = client.indexOf(':') < 0 ? "127.0.0.1" : "::1";
    return new InetSocketAddress(InetAddress.ofLiteral(host), port(entrance));
  }

  /** Asks as the client at address {@code from} would. */
  ProxiedClient.Answer get(Entrance entrance, String from, String target, String... headers)
      throws IOException {
    @Nullable SSLContext tls = entrance.encrypted ? certificate.trust() : null;
    return ProxiedClient.get(address(entrance, from), from, tls, target, headers);
  }

  private int port(Entrance entrance) {
    Integer port = ports.get(entrance);
    if (port == null) {
      throw new IllegalStateException("no port for " + entrance);
    }
    return port;
  }

  private void choosePorts() throws IOException {
    Iterator<Integer> free = freePorts(Entrance.values().length).iterator();
    for (Entrance entrance : Entrance.values()) {
      ports.put(entrance, free.next());
    }
  }

  /** Free ones as far as one can tell beforehand; these programs want to be told a number. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private void startNginx() throws IOException {
    Path home = Files.createDirectory(directory.resolve("nginx"));
    Path http =
        write(
            home.resolve("http.conf"),
            listening(
                listening(
                    changed(
                        changed(
                            withTrackers(example("nginx.conf")),
                            "/etc/ssl/certs/tracker.example.pem",
                            certificate.chain().toString()),
                        "/etc/ssl/private/tracker.example.key",
                        certificate.key().toString()),
                    80,
                    port(Entrance.NGINX_HTTP)),
                443,
                port(Entrance.NGINX_HTTPS)));
    Path stream =
        write(
            home.resolve("stream.conf"),
            listening(
                withTrackers(example("nginx-stream.conf")), 1337, port(Entrance.NGINX_STREAM)));
    Path main =
        write(
            home.resolve("nginx.conf"),
            """
            include /etc/nginx/modules-enabled/*.conf;
            daemon off;
            pid HOME/pid;
            error_log stderr;
            events {
            }
            http {
                client_body_temp_path HOME/body;
                proxy_temp_path HOME/proxy;
                fastcgi_temp_path HOME/fastcgi;
                uwsgi_temp_path HOME/uwsgi;
                scgi_temp_path HOME/scgi;
                include HTTP;
            }
            stream {
                include STREAM;
            }
            """
                .replace("HOME", home.toString())
                .replace("HTTP", http.toString())
                .replace("STREAM", stream.toString()));
    start("nginx", home, List.of("nginx", "-c", main.toString()), Entrance.NGINX_STREAM);
  }

  private void startHaproxy(String name, UnaryOperator<String> change, Entrance passing)
      throws IOException {
    Path home = Files.createDirectory(directory.resolve(name));
    boolean main = passing == Entrance.HAPROXY_VERSION_2;
    List<Integer> others = freePorts(2);
    int plain = main ? port(Entrance.HAPROXY_HTTP) : others.get(0);
    int encrypted = main ? port(Entrance.HAPROXY_HTTPS) : others.get(1);
    String configuration = change.apply(withTrackers(example("haproxy.cfg")));
    configuration = binding(configuration, 80, plain);
    configuration = binding(configuration, 443, encrypted);
    configuration = binding(configuration, 1337, port(passing));
    configuration =
        changed(
            configuration,
            "/etc/haproxy/tracker.example.pem",
            certificate.chainAndKey().toString());
    Path file = write(home.resolve("haproxy.cfg"), configuration);
    start(name, home, List.of("haproxy", "-db", "-f", file.toString()), passing);
  }

  /** Starts a proxy and waits until it listens, at all its ports or at none. */
  private void start(String name, Path home, List<String> command, Entrance last)
      throws IOException {
    ClientProcess process = ClientProcess.start(name, home, Map.of(), command);
    running.add(process);
    Await.until(
        name + " that listens",
        START,
        () -> process,
        started -> !started.isAlive() || listens(port(last)));
    if (!process.isAlive()) {
      throw new AssertionError("Ended at once: " + process);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String withTrackers(String example) {
    String text = example;
    List<String> names = List.of("10.0.0.11", "10.0.0.12");
    for (int tracker = 0; tracker < names.size(); tracker++) {
      List<InetSocketAddress> http = trackers.get(tracker).http();
      text = text.replace(names.get(tracker) + ":8080", "127.0.0.1:" + http.get(0).getPort());
      text = text.replace(names.get(tracker) + ":8081", "127.0.0.1:" + http.get(1).getPort());
    }
    return text;
  }

  private static String listening(String text, int from, int to) {
    return changed(
        changed(text, "listen [::]:" + from, "listen [::1]:" + to),
        "listen " + from,
        "listen 127.0.0.1:" + to);
  }

  private static String binding(String text, int from, int to) {
    return changed(
        changed(text, "bind :::" + from + " ", "bind ::1:" + to + " "),
        "bind :" + from,
        "bind 127.0.0.1:" + to);
  }

  /** Replaces what must be there. */
  private static String changed(String text, String from, String to) {
    if (!text.contains(from)) {
      throw new AssertionError("no \"" + from + "\" in\n" + text);
    }
    return text.replace(from, to);
  }

  private static String example(String name) throws IOException {
    return Files.readString(TrakxProcess.launcher().resolve("../../proxy/" + name).normalize());
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text, UTF_8);
  }

  @Override
  public void close() {
    for (AutoCloseable each : running.reversed()) {
      try {
        each.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public String toString() {
    return running.toString();
  }
}
