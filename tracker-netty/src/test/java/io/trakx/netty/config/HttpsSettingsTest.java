package io.trakx.netty.config;

import static io.trakx.netty.config.ConfigFixture.setErrors;
import static io.trakx.netty.config.ConfigFixture.sets;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.trakx.netty.testing.TestAuthority;
import io.trakx.netty.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsSettingsTest {
  @TempDir private Path directory;

  private final X509Bundle bundle = new TestAuthority().issue(1);

  @Test
  void nothingOfItIsServedByDefault() throws ConfigException {
    assertThat(sets().config().https()).isEmpty();
    // Nobody looks at files that are not used.
    assertThat(setErrors("https.certificate=absent")).isEmpty();
  }

  @Test
  void listenersAndFilesAreTakenOver() throws IOException, ConfigException {
    TlsFiles files = TestAuthority.write(directory, bundle);
    Path password = Files.writeString(directory.resolve("password"), "x");

    TrakxConfig config =
        sets(
                "http.listen=",
                "https.listen=127.0.0.1:0,[::1]:0 proxy=10.0.0.0/8 header=X-Real-IP",
                "https.certificate=" + files.certificate(),
                "https.private_key=" + files.privateKey(),
                "https.private_key_password_file=" + password)
            .config();

    TrakxConfig.Https https = config.https().orElseThrow();
    assertThat(config.httpListeners()).isEmpty();
    assertThat(https.listeners()).hasSize(2);
    assertThat(https.listeners().get(1).clientAddressHeader()).isEqualTo("x-real-ip");
    assertThat(https.files())
        .isEqualTo(new TlsFiles(files.certificate(), files.privateKey(), Optional.of(password)));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws IOException {
    assertThat(setErrors("https.listen=127.0.0.1:0"))
        .containsExactly(
            "default: https.certificate \"\" names no file; expected a PEM file, since"
                + " https.listen is set",
            "default: https.private_key \"\" names no file; expected a PEM file, since"
                + " https.listen is set");
    Path empty = Files.writeString(directory.resolve("empty"), "");
    assertThat(
            new ConfigFixture(directory)
                .errors(
                    "log: {level: loud}",
                    Map.of(),
                    "https.listen=127.0.0.1:0",
                    "https.certificate=" + directory.resolve("absent"),
                    "https.private_key=" + empty,
                    "https.private_key_password_file=" + directory.resolve("gone")))
        .hasSize(4)
        .anyMatch(error -> error.contains("log.level"))
        .anyMatch(
            error -> error.startsWith("--set: https.certificate \"absent\" is not there; exp"))
        .anyMatch(
            error -> error.startsWith("--set: https.private_key \"empty\" has no private key"))
        .anyMatch(
            error ->
                error.startsWith(
                    "--set: https.private_key_password_file \"gone\" is not there; expected a"));
  }

  @Test
  void keyThatDoesNotBelongToTheCertificateIsToldWithoutAnythingOfIt() throws IOException {
    TlsFiles files = TestAuthority.write(directory, bundle);
    String other = new TestAuthority().issue(2).getPrivateKeyPEM();
    Files.writeString(files.privateKey(), other);

    assertThat(
            setErrors(
                "https.listen=127.0.0.1:0",
                "https.certificate=" + files.certificate(),
                "https.private_key=" + files.privateKey()))
        .singleElement()
        .asString()
        .contains("https.private_key ", " does not belong to the first certificate in ")
        .doesNotContain(other.lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void addressOfAnotherListenerIsTold() {
    assertThat(setErrors("https.listen=127.0.0.1:1337", "http.listen=0.0.0.0:1337"))
        .anyMatch(error -> error.contains("has 127.0.0.1:1337, which 0.0.0.0:1337 has already"));
    assertThat(setErrors("https.listen=nowhere"))
        .singleElement()
        .asString()
        .startsWith("--set: https.listen \"nowhere\"");
  }
}
