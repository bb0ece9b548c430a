package io.trakx.netty.tls;

import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that a server can prove to be its own.
 *
 * @param key the private key of the first certificate
 * @param chain the server's certificate, then those of its issuers
 */
public record Credentials(PrivateKey key, List<X509Certificate> chain) {
  /** Who renews certificates does it well before; Let's Encrypt's clients 30 days. */
  private static final Duration SOON = Duration.ofDays(7);

  public Credentials {
    chain = List.copyOf(chain);
  }

  /** The last moment at which clients take the certificate. */
  public Instant notAfter() {
    return certificate().getNotAfter().toInstant();
  }

  /** What operators have to know of the certificate as it is at {@code now}, if anything. */
  public Optional<String> concern(Instant now) {
    Instant begins = certificate().getNotBefore().toInstant();
    if (now.isBefore(begins)) {
      return Optional.of("the certificate is not valid before " + begins);
    }
    Instant ends = notAfter();
    if (now.isAfter(ends)) {
      return Optional.of("the certificate expired at " + ends + "; clients refuse it");
    }
    return now.plus(SOON).isAfter(ends)
        ? Optional.of(
            "the certificate expires in %d hours".formatted(ChronoUnit.HOURS.between(now, ends)))
        : Optional.empty();
  }

  private X509Certificate certificate() {
    return chain.getFirst();
  }

  private String names() {
    @Nullable Collection<List<?>> names;
    try {
      names = certificate().getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      names = null;
    }
    return names == null
        ? certificate().getSubjectX500Principal().getName()
        : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.joining(", "));
  }

  /** For whom, how long, and which one: nothing of the key. */
  @Override
  public String toString() {
    return "certificate for %s until %s, serial number %s"
        .formatted(names(), notAfter(), certificate().getSerialNumber().toString(16));
  }
}
