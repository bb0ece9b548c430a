package io.trakx.netty.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.trakx.netty.tls.TlsFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** An authority made for one test, which issues certificates for this machine's loopback. */
public final class TestAuthority {
  private static final Duration VALID = Duration.ofDays(90);

  private final X509Bundle root;

  /** Makes one with a key of its own. */
  public TestAuthority() {
    root =
        build(
            () ->
                new CertificateBuilder()
                    .subject("CN=An authority of tests")
                    .ecp256()
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned());
  }

  /** Pkitesting's methods declare any exception. */
  private interface Building {
    X509Bundle build() throws Exception;
  }

  private static X509Bundle build(Building building) {
    try {
      return building.build();
    } catch (Exception e) {
      throw new AssertionError("no certificate", e);
    }
  }

  /** A certificate for loopback of an elliptic curve, with this serial number. */
  public X509Bundle issue(long serial) {
    return issue(serial, UnaryOperator.identity());
  }

  /** The same with something changed. */
  public X509Bundle issue(long serial, UnaryOperator<CertificateBuilder> change) {
    CertificateBuilder builder =
        new CertificateBuilder()
            .subject("CN=localhost")
            .ecp256()
            .serial(BigInteger.valueOf(serial))
            .notBefore(Instant.now().minus(VALID))
            .notAfter(Instant.now().plus(VALID))
            .addSanDnsName("localhost");
    return build(
        () ->
            change
                .apply(builder.addSanIpAddress("127.0.0.1").addSanIpAddress("::1"))
                .buildIssuedBy(root));
  }

  /** The authority's own certificate, as a file for clients. */
  public Path writeRoot(Path directory) throws IOException {
    return Files.writeString(directory.resolve("ca.pem"), root.getCertificatePEM());
  }

  /** Writes certificate and key as a server has them, over those that are there. */
  public static TlsFiles write(Path directory, X509Bundle bundle) throws IOException {
    return new TlsFiles(
        Files.writeString(directory.resolve("chain.pem"), bundle.getCertificatePathPEM()),
        Files.writeString(directory.resolve("key.pem"), bundle.getPrivateKeyPEM()),
        Optional.empty());
  }

  /** What a client encrypts by that trusts this authority alone. */
  public SSLContext trustingContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {root.toTrustManager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("no TLS", e);
    }
  }
}
