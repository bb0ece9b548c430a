package io.trakx.netty.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.trakx.netty.tls.TlsProblem.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the files of one certificate once, and finds all that is wrong with them. */
final class CredentialsReader {
  private static final String CERTIFICATES =
      "a PEM file of certificates: the server's own first, those of its issuers behind it";
  private static final String KEY = "a PEM file with the certificate's key in PKCS#8";

  private final TlsFiles files;
  private final List<TlsProblem> problems = new ArrayList<>();

  CredentialsReader(TlsFiles files) {
    this.files = files;
  }

  Credentials read() throws BadCredentialsException {
    List<X509Certificate> chain = chain();
    @Nullable PrivateKey key = key();
    if (key != null && !chain.isEmpty()) {
      checkPair(key, chain);
    }
    if (key == null || !problems.isEmpty()) {
      throw new BadCredentialsException(problems);
    }
    return new Credentials(key, chain);
  }

  /** The certificates; none, with a problem noted, if they cannot be had. */
  private List<X509Certificate> chain() {
    byte @Nullable [] bytes = bytes(Part.CERTIFICATE, files.certificate(), CERTIFICATES);
    if (bytes == null) {
      return List.of();
    }
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] certificate : PemText.of(new String(bytes, ISO_8859_1)).all("CERTIFICATE")) {
        Certificate parsed = factory.generateCertificate(new ByteArrayInputStream(certificate));
        chain.add((X509Certificate) parsed);
      }
    } catch (CertificateException | IllegalArgumentException e) {
      problem(Part.CERTIFICATE, "has a certificate that is broken or cut short", CERTIFICATES);
      return List.of();
    }
    if (chain.isEmpty()) {
      problem(Part.CERTIFICATE, "has no certificate in it", CERTIFICATES);
    }
    return chain;
  }

  /** The key; null, with a problem noted, if it cannot be had. */
  private @Nullable PrivateKey key() {
    Optional<char[]> password = password();
    byte @Nullable [] bytes = bytes(Part.PRIVATE_KEY, files.privateKey(), KEY);
    if (bytes == null) {
      return null;
    }
    PemText text = PemText.of(new String(bytes, ISO_8859_1));
    try {
      Optional<byte[]> plain = text.first("PRIVATE KEY");
      if (plain.isPresent()) {
        return PrivateKeys.parse(plain.get());
      }
      Optional<byte[]> encrypted = text.first("ENCRYPTED PRIVATE KEY");
      if (encrypted.isEmpty()) {
        noKey(text);
      } else if (password.isPresent()) {
        return decrypt(encrypted.get(), password.get());
      } else if (files.password().isEmpty()) {
        problem(
            Part.PRIVATE_KEY,
            "has a key that is encrypted",
            Part.PASSWORD.key() + " beside it, or a key without a password");
      }
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      problem(
          Part.PRIVATE_KEY,
          "has a key that is broken, cut short, or neither of RSA nor of an elliptic curve",
          KEY);
    }
    return null;
  }

  private @Nullable PrivateKey decrypt(byte[] encrypted, char[] password)
      throws GeneralSecurityException, IOException {
    byte[] plain;
    try {
      plain = PrivateKeys.decrypt(encrypted, password);
    } catch (GeneralSecurityException e) {
      problem(Part.PASSWORD, "does not open the key", "the password of the key in its one line");
      return null;
    }
    return PrivateKeys.parse(plain);
  }

  private void noKey(PemText text) {
    // What OpenSSL wrote for long, and some tools still write.
    for (String old : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY")) {
      if (text.has(old)) {
        problem(
            Part.PRIVATE_KEY,
            "has a key in the older form " + old,
            "PKCS#8, as 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW' makes it");
        return;
      }
    }
    problem(Part.PRIVATE_KEY, "has no private key in it", KEY);
  }

  /** The password, if there is one; a problem is noted where it cannot be had. */
  private Optional<char[]> password() {
    if (files.password().isEmpty()) {
      return Optional.empty();
    }
    String expected = "a file of one line, the password";
    byte @Nullable [] bytes = bytes(Part.PASSWORD, files.password().get(), expected);
    return Optional.ofNullable(bytes)
        .map(text -> new String(text, UTF_8).lines().findFirst().orElse("").toCharArray());
  }

  private void checkPair(PrivateKey key, List<X509Certificate> chain) {
    if (PrivateKeys.belongs(key, chain.getFirst())) {
      return;
    }
    for (int i = 1; i < chain.size(); i++) {
      if (PrivateKeys.belongs(key, chain.get(i))) {
        problem(
            Part.CERTIFICATE,
            "has the certificate of the key at place %d".formatted(i + 1),
            CERTIFICATES);
        return;
      }
    }
    problem(
        Part.PRIVATE_KEY,
        "does not belong to the first certificate in " + files.certificate(),
        "the key for which that certificate was issued");
  }

  /** What is in a file; null, with a problem noted, if it cannot be read. */
  private byte @Nullable [] bytes(Part part, Path file, String expected) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      problem(part, "is not there", expected);
    } catch (AccessDeniedException e) {
      problem(
          part,
          "may not be read by the user " + System.getProperty("user.name"),
          "permission, as by the file's group or a credential of the service");
    } catch (IOException e) {
      problem(part, "cannot be read", expected);
    }
    return null;
  }

  private void problem(Part part, String reason, String expected) {
    Path file =
        switch (part) {
          case CERTIFICATE -> files.certificate();
          case PRIVATE_KEY -> files.privateKey();
          case PASSWORD -> files.password().orElseThrow();
        };
    problems.add(new TlsProblem(part, file, reason, expected));
  }
}
