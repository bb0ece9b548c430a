package io.trakx.netty.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.trakx.netty.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";

  @TempDir private Path directory;

  private final TestAuthority authority = new TestAuthority();
  private final X509Bundle bundle = authority.issue(0x1234);

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private TlsFiles files(String chain, String key) throws IOException {
    return new TlsFiles(write("chain.pem", chain), write("key.pem", key), Optional.empty());
  }

  private List<String> problems(TlsFiles files) {
    BadCredentialsException thrown =
        catchThrowableOfType(BadCredentialsException.class, files::read);
    assertThat(thrown).as("read").isNotNull();
    return thrown.problems().stream()
        .map(problem -> problem.toString().replace(directory + "/", ""))
        .toList();
  }

  private static String encrypted(PrivateKey key, String password)
      throws GeneralSecurityException, IOException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(CIPHER)
            .generateSecret(new PBEKeySpec(password.toCharArray())));
    byte[] bytes = cipher.doFinal(key.getEncoded());
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        + Base64.getMimeEncoder()
            .encodeToString(new EncryptedPrivateKeyInfo(parameters, bytes).getEncoded())
        + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
  }

  @Test
  void pairsOfBothKindsAreRead() throws IOException {
    for (UnaryOperator<CertificateBuilder> kind :
        List.<UnaryOperator<CertificateBuilder>>of(
            CertificateBuilder::ecp256, CertificateBuilder::rsa2048)) {
      X509Bundle pair = authority.issue(0x1234, kind);

      Credentials credentials = TestAuthority.write(directory, pair).read();

      assertThat(credentials.key()).isEqualTo(pair.getKeyPair().getPrivate());
      assertThat(credentials.chain()).containsExactly(pair.getCertificatePath());
      assertThat(credentials)
          .hasToString(
              "certificate for localhost, 127.0.0.1, 0:0:0:0:0:0:0:1 until %s, serial number 1234"
                  .formatted(pair.getCertificate().getNotAfter().toInstant()));
    }
  }

  @Test
  void textAroundTheBlocksAndOtherLineEndsDoNotMatter() throws IOException {
    String chain = "Bag Attributes\n    friendlyName: x\n" + bundle.getCertificatePathPEM();
    String key = "# a key\n" + bundle.getPrivateKeyPEM();

    Credentials credentials = files(chain.replace("\n", "\r\n"), key + "\n\n").read();

    assertThat(credentials.chain()).hasSize(bundle.getCertificatePath().length);
  }

  @Test
  void keyAndCertificateMayLieInOneFile() throws IOException {
    Path both = write("both.pem", bundle.getPrivateKeyPEM() + bundle.getCertificatePathPEM());

    assertThat(new TlsFiles(both, both, Optional.empty()).read().key())
        .isEqualTo(bundle.getKeyPair().getPrivate());
  }

  @Test
  void encryptedKeyIsOpenedByItsPassword() throws Exception {
    PrivateKey key = bundle.getKeyPair().getPrivate();
    TlsFiles files = files(bundle.getCertificatePathPEM(), encrypted(key, "hunter2"));

    assertThat(problems(files))
        .containsExactly(
            "https.private_key, key.pem, has a key that is encrypted; expected"
                + " https.private_key_password_file beside it, or a key without a password");
    assertThat(withPassword(files, "hunter2\n").read().key()).isEqualTo(key);
    assertThat(problems(withPassword(files, "hunter3")))
        .containsExactly(
            "https.private_key_password_file, password, does not open the key; expected the"
                + " password of the key in its one line");
  }

  private TlsFiles withPassword(TlsFiles files, String text) throws IOException {
    return new TlsFiles(
        files.certificate(), files.privateKey(), Optional.of(write("password", text)));
  }

  @Test
  void everythingThatIsMissingIsToldAtOnce() {
    TlsFiles files =
        new TlsFiles(
            directory.resolve("a"), directory.resolve("b"), Optional.of(directory.resolve("c")));

    assertThat(problems(files))
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).startsWith("https.certificate, a, is not there"),
            problem -> assertThat(problem).startsWith("https.private_key, b, is not there"),
            problem ->
                assertThat(problem).startsWith("https.private_key_password_file, c, is not there"));
  }

  @Test
  void filesWithoutWhatBelongsInThemAreTold() throws IOException {
    assertThat(problems(files(bundle.getPrivateKeyPEM(), bundle.getCertificatePEM())))
        .containsExactly(
            "https.certificate, chain.pem, has no certificate in it; expected a PEM file of"
                + " certificates: the server's own first, those of its issuers behind it",
            "https.private_key, key.pem, has no private key in it; expected a PEM file with the"
                + " certificate's key in PKCS#8");
    assertThat(problems(new TlsFiles(directory, directory, Optional.empty())))
        .hasSize(2)
        .allMatch(problem -> problem.contains("cannot be read"));
  }

  @Test
  void halfWrittenFilesAreTold() throws IOException {
    String chain = bundle.getCertificatePathPEM();
    String key = bundle.getPrivateKeyPEM();

    for (int cut : new int[] {40, chain.length() / 2, chain.length() - 5}) {
      assertThat(problems(files(chain.substring(0, cut), key)))
          .singleElement()
          .asString()
          .contains("has a certificate that is broken or cut short");
    }
    for (int cut : new int[] {40, key.length() / 2, key.length() - 5}) {
      assertThat(problems(files(chain, key.substring(0, cut))))
          .singleElement()
          .asString()
          .contains("has a key that is broken, cut short");
    }
    assertThat(problems(files(chain, ""))).hasSize(1);
  }

  @Test
  void keyOfAnotherCertificateIsTold() throws IOException {
    X509Bundle other = authority.issue(2);
    X509Bundle ofAnotherKind = authority.issue(3, CertificateBuilder::rsa2048);

    for (X509Bundle stranger : List.of(other, ofAnotherKind)) {
      assertThat(problems(files(bundle.getCertificatePathPEM(), stranger.getPrivateKeyPEM())))
          .containsExactly(
              "https.private_key, key.pem, does not belong to the first certificate in chain.pem;"
                  + " expected the key for which that certificate was issued");
    }
    assertThat(
            problems(
                files(
                    other.getCertificatePEM() + bundle.getCertificatePEM(),
                    bundle.getPrivateKeyPEM())))
        .singleElement()
        .asString()
        .startsWith("https.certificate, chain.pem, has the certificate of the key at place 2");
  }

  @Test
  void keyInAnOlderFormIsToldWithWhatConvertsIt() throws IOException {
    String old = bundle.getPrivateKeyPEM().replace("PRIVATE KEY", "EC PRIVATE KEY");

    assertThat(problems(files(bundle.getCertificatePathPEM(), old)))
        .containsExactly(
            "https.private_key, key.pem, has a key in the older form EC PRIVATE KEY; expected"
                + " PKCS#8, as 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW' makes it");
  }

  @Test
  void certificateThatEndsIsAConcern() throws IOException {
    Credentials credentials = TestAuthority.write(directory, bundle).read();
    Instant end = credentials.notAfter();

    assertThat(credentials.concern(end.minus(Duration.ofDays(8)))).isEmpty();
    assertThat(credentials.concern(end.minus(Duration.ofHours(50))))
        .contains("the certificate expires in 50 hours");
    assertThat(credentials.concern(end.plusSeconds(1)))
        .contains("the certificate expired at " + end + "; clients refuse it");
    assertThat(credentials.concern(end.minus(Duration.ofDays(2000))).orElseThrow())
        .startsWith("the certificate is not valid before ");
  }

  @Test
  void nothingSaysWhatIsInAKey() throws IOException {
    Credentials credentials = TestAuthority.write(directory, bundle).read();
    String secret = bundle.getPrivateKeyPEM().lines().skip(1).findFirst().orElseThrow();

    assertThat(credentials.toString()).doesNotContain("PrivateKey", secret);
    assertThat(problems(files("x", "-----BEGIN PRIVATE KEY-----\n" + secret)))
        .noneMatch(problem -> problem.contains(secret));
  }
}
