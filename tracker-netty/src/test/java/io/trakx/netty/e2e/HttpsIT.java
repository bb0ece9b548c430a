package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.trakx.netty.testing.TestAuthority;
import io.trakx.netty.tls.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS as the distribution serves it, with curl and OpenSSL as clients. */
class HttpsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ANNOUNCE =
      "/announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=6881&left=0";

  @TempDir private Path directory;

  private final TestAuthority authority = new TestAuthority();
  private final X509Bundle first = authority.issue(0x1111);
  private final X509Bundle second = authority.issue(0x2222);

  private List<String> settings() throws IOException {
    TlsFiles files = TestAuthority.write(directory, first);
    authority.writeRoot(directory);
    return List.of(
        "https.listen=127.0.0.1:0",
        "https.certificate=" + files.certificate(),
        "https.private_key=" + files.privateKey());
  }

  private TrakxProcess start(String javaOptions) throws IOException {
    return TrakxProcess.start(
        directory,
        command ->
            Stream.concat(
                    Stream.of("env", "TRAKX_JAVA_OPTS=-Xmx256m " + javaOptions), command.stream())
                .toList(),
        List.of("127.0.0.1:0"),
        settings().toArray(String[]::new));
  }

  private Commands.Result curl(TrakxProcess tracker, String path, String... options) {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
    command.addAll(List.of("--noproxy", "*", "--cacert", directory.resolve("ca.pem").toString()));
    command.addAll(List.of(options));
    command.add("https://localhost:%d%s".formatted(port(tracker), path));
    return run(command);
  }

  /** What OpenSSL says of the connection that it makes. */
  private Commands.Result openssl(TrakxProcess tracker, String... options) {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-verify_return_error"));
    command.addAll(List.of("-CAfile", directory.resolve("ca.pem").toString()));
    command.addAll(List.of("-verify_hostname", "localhost"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port(tracker)));
    command.addAll(List.of(options));
    return run(command);
  }

  private static Commands.Result run(List<String> command) {
    try {
      // Without input, at whose end OpenSSL ends the connection.
      List<String> inputless = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" </dev/null", "sh"));
      inputless.addAll(command);
      return Commands.tryRun(inputless);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(TrakxProcess tracker) {
    return tracker.https().getFirst().getPort();
  }

  private String serial(TrakxProcess tracker) {
    Commands.Result shown = openssl(tracker, "-showcerts");
    Path certificate = directory.resolve("shown.pem");
    try {
      Files.writeString(certificate, shown.output());
      return Commands.run(
              List.of("openssl", "x509", "-noout", "-serial", "-in", certificate.toString()))
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long metric(TrakxProcess tracker, String name) {
    String url = "http://127.0.0.1:%d/metrics".formatted(tracker.metrics().getPort());
    return run(List.of("curl", "--silent", "--noproxy", "*", url))
        .output()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "options for Java: {0}")
  @ValueSource(strings = {"", "-Dio.netty.handler.ssl.noOpenSsl=true"})
  void curlAndOpensslAreServedByEitherProvider(String javaOptions) throws Exception {
    Requirements.programs(List.of("curl", "openssl"));
    try (TrakxProcess tracker = start(javaOptions)) {
      assertThat(tracker.log())
          .contains(
              javaOptions.isEmpty() ? "HTTPS by BoringSSL: " : "HTTPS by the JDK: ",
              "certificate for localhost, 127.0.0.1");
      for (String version : List.of("1.2", "1.3")) {
        Commands.Result answer =
            curl(tracker, ANNOUNCE, "--tls-max", version, "--write-out", " %{http_version}");
        assertThat(answer.output()).contains("8:completei1e").endsWith(" 1.1");
        assertThat(openssl(tracker, "-tls" + version.replace('.', '_')).output())
            .contains("Verify return code: 0 (ok)", "TLSv" + version);
      }
      // One that would rather speak HTTP/2.
      assertThat(curl(tracker, "/", "--http2").output())
          .contains("https://localhost:%d/announce".formatted(port(tracker)));
      Commands.Result old = openssl(tracker, "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0");
      assertThat(old.exitCode()).isNotZero();
      assertThat(old.output()).contains("alert protocol version");
      Commands.Result plain =
          run(List.of("curl", "-sS", "--noproxy", "*", "http://127.0.0.1:" + port(tracker)));
      assertThat(plain.exitCode()).isNotZero();

      assertThat(metric(tracker, "trakx_tls_handshakes_failed_total")).isEqualTo(2);
      assertThat(metric(tracker, "trakx_tls_certificate_expiry_timestamp_seconds"))
          .isEqualTo(first.getCertificate().getNotAfter().toInstant().getEpochSecond());
      assertThat(tracker.terminate()).isZero();
      assertThat(tracker.log()).doesNotContain("ERROR", "WARN");
    }
  }

  @Test
  void certificateIsReplacedWhileTheTrackerRuns() throws Exception {
    Requirements.programs(List.of("curl", "openssl"));
    try (TrakxProcess tracker = start("")) {
      assertThat(serial(tracker)).isEqualTo("serial=1111");

      // Half of the new pair.
      Files.writeString(directory.resolve("chain.pem"), second.getCertificatePathPEM());
      Await.until("error", LIMIT, tracker::log, log -> log.contains("the old certificate stays"));
      tracker.process().hangUp();
      Await.until("reload", LIMIT, tracker::log, log -> log.contains("SIGHUP"));
      assertThat(serial(tracker)).isEqualTo("serial=1111");

      Files.writeString(directory.resolve("key.pem"), second.getPrivateKeyPEM());
      Await.until("new serial", LIMIT, () -> serial(tracker), "serial=2222"::equals);

      TestAuthority.write(directory, first);
      tracker.process().hangUp();
      Await.until("old serial", LIMIT, () -> serial(tracker), "serial=1111"::equals);
      assertThat(curl(tracker, ANNOUNCE).output()).contains("8:completei1e");

      assertThat(tracker.terminate()).isZero();
      assertThat(tracker.log().split("the old certificate stays", -1)).hasSize(2);
      assertThat(tracker.log()).doesNotContain("BEGIN", secret(first), secret(second));
    }
  }

  private static String secret(X509Bundle bundle) {
    return bundle.getPrivateKeyPEM().lines().skip(1).findFirst().orElseThrow();
  }

  @Test
  void checkTellsOfTheCertificateAndStartOfWhatIsWrongWithIt() throws Exception {
    List<String> settings = settings();
    try (ClientProcess check = launch("check", settings)) {
      assertThat(check.awaitExit(60)).isZero();
      assertThat(check.output())
          .contains("ok    https.certificate, ", "serial number 1111", "https.listen, 127.0.0.1:0");
    }
    TestAuthority.write(directory, second);
    Files.writeString(directory.resolve("chain.pem"), first.getCertificatePathPEM());
    for (String command : List.of("serve", "check")) {
      try (ClientProcess process = launch(command, settings)) {
        assertThat(process.awaitExit(60)).isEqualTo(1);
        assertThat(process.output().lines())
            .singleElement()
            .asString()
            .startsWith("trakx: --set: https.private_key ")
            .contains("does not belong to the first certificate");
      }
    }
  }

  private ClientProcess launch(String command, List<String> settings) throws IOException {
    List<String> words = new ArrayList<>(List.of(TrakxProcess.launcher().toString(), command));
    Stream.concat(
            settings.stream(),
            Stream.of(
                "http.listen=127.0.0.1:0", "udp.listen=", "metrics.listen=", "database.url=none"))
        .forEach(setting -> words.addAll(List.of("--set", setting)));
    return ClientProcess.start(
        command, directory, Map.of("TRAKX_JAVA_HOME", TrakxProcess.runtime()), words);
  }
}
