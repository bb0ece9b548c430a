package io.trakx.netty.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for this machine's loopback addresses that signs itself.
 *
 * @param trust for clients that trust it and no other
 */
record ProxyCertificate(Path chain, Path key, Path chainAndKey, SSLContext trust) {
  static ProxyCertificate make(Path directory) throws IOException {
    Path chain = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    Commands.run(
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            key.toString(),
            "-out",
            chain.toString(),
            "-days",
            "2",
            "-subj",
            "/CN=tracker.example",
            "-addext",
            "subjectAltName=IP:127.0.0.1,IP:::1"));
    Path both = directory.resolve("certificate-and-key.pem");
    Files.writeString(both, Files.readString(chain) + Files.readString(key));
    return new ProxyCertificate(chain, key, both, trusting(chain));
  }

  private static SSLContext trusting(Path certificate) throws IOException {
    try (InputStream in = Files.newInputStream(certificate)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "tracker", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
