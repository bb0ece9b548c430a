package io.trakx.netty.app;

import io.trakx.netty.admin.ReadinessCheck;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.http.HttpServer;
import io.trakx.netty.metrics.Metrics;
import io.trakx.netty.tls.TlsProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The public port over TLS, if there is one: its listeners and its certificate. */
final class HttpsPort implements AutoCloseable {
  private final TrakxConfig.Https config;
  private final CertificateWatch certificate;

  private HttpsPort(TrakxConfig.Https config) throws IOException {
    this.config = config;
    this.certificate =
        CertificateWatch.start(TlsProvider.best(), config.files(), Clock.systemUTC());
  }

  /**
   * Reads the certificate.
   *
   * @throws IOException if it cannot be used
   */
  static Optional<HttpsPort> of(TrakxConfig config) throws IOException {
    return config.https().isEmpty()
        ? Optional.empty()
        : Optional.of(new HttpsPort(config.https().get()));
  }

  /** Adds what monitors are told of it. */
  void addTo(Metrics metrics) {
    metrics.duration(
        "tls.certificate_expiry_timestamp",
        "Until when the certificate holds that new HTTPS connections are shown, in seconds since"
            + " 1970; only with https.listen.",
        () -> certificate.notAfter().toEpochMilli());
  }

  /** How it fares. An old certificate serves until it expires, and plain HTTP goes on anyway. */
  ReadinessCheck readiness() {
    return new ReadinessCheck(
        "certificate",
        false,
        certificate::trouble,
        () -> Map.of("valid_until", certificate.notAfter().toString()));
  }

  /** Listens. */
  List<InetSocketAddress> start(HttpServer http) throws IOException {
    return http.start(
        config.listeners().stream()
            .map(listener -> listener.encrypted(certificate.tls()))
            .toList());
  }

  /** Has the files looked after. */
  void watch(Housekeeper housekeeper) {
    housekeeper.repeat(certificate::poll, CertificateWatch.POLL);
    housekeeper.repeat(certificate::remind, CertificateWatch.REMINDER);
  }

  /** Reads the certificate from these files, and watches them from now on. */
  void reload(TrakxConfig.Https fresh) {
    certificate.reload(fresh.files());
  }

  @Override
  public void close() {
    certificate.close();
  }
}
