package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCountUtil;
import io.trakx.netty.testing.LogLines;
import io.trakx.netty.testing.TestAuthority;
import io.trakx.netty.tls.TlsFiles;
import io.trakx.netty.tls.TlsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path directory;

  private final TestAuthority authority = new TestAuthority();
  private final X509Bundle first = authority.issue(1);
  private final X509Bundle second = authority.issue(0x22, builder -> builder.rsa2048());

  private CertificateWatch start(Clock clock) throws IOException {
    return CertificateWatch.start(TlsProvider.best(), TestAuthority.write(directory, first), clock);
  }

  @Test
  void startSaysWhoEncryptsAndForWhom() throws IOException {
    try (LogLines log = new LogLines();
        CertificateWatch watch = start(CLOCK)) {
      watch.poll();

      assertThat(log.lines())
          .containsExactly(
              "INFO HTTPS by %s: certificate for localhost, 127.0.0.1, 0:0:0:0:0:0:0:1 until %s,"
                      .formatted(TlsProvider.best().title(), watch.notAfter())
                  + " serial number 1");
      assertThat(watch.trouble()).isEmpty();
    }
  }

  @Test
  void changedPairIsShownToWhoComesNext() throws IOException {
    try (LogLines log = new LogLines();
        CertificateWatch watch = start(CLOCK)) {
      TestAuthority.write(directory, second);
      watch.poll();
      watch.poll();

      assertThat(log.lines())
          .hasSize(2)
          .last()
          .asString()
          .contains("new connections get another certificate", "serial number 22");
      assertThat(watch.notAfter()).isEqualTo(second.getCertificate().getNotAfter().toInstant());
    }
  }

  @Test
  void pairThatIsHalfWrittenKeepsTheOldOneAndIsToldOnce() throws IOException {
    try (LogLines log = new LogLines();
        CertificateWatch watch = start(CLOCK)) {
      Files.writeString(directory.resolve("chain.pem"), second.getCertificatePathPEM());
      watch.poll();
      watch.poll();

      assertThat(log.lines())
          .hasSize(2)
          .last()
          .asString()
          .startsWith("ERROR the old certificate stays in force: https.private_key, ")
          .contains("does not belong to the first certificate");
      assertThat(watch.trouble()).get().asString().startsWith("the old certificate is in force: ");
      assertThat(watch.notAfter()).isEqualTo(first.getCertificate().getNotAfter().toInstant());

      TestAuthority.write(directory, second);
      watch.poll();
      assertThat(watch.trouble()).isEmpty();
      assertThat(log.lines()).hasSize(3).last().asString().contains("serial number 22");
    }
  }

  @Test
  void filesThatAreAsBeforeAgainAreToldOf() throws IOException {
    try (LogLines log = new LogLines();
        CertificateWatch watch = start(CLOCK)) {
      Files.delete(directory.resolve("key.pem"));
      watch.poll();
      TestAuthority.write(directory, first);
      watch.poll();

      assertThat(watch.trouble()).isEmpty();
      assertThat(log.lines())
          .hasSize(3)
          .last()
          .isEqualTo("INFO the files hold the certificate in force");
    }
  }

  @Test
  void whoAsksForAReloadIsToldAgainWhatIsWrong() throws IOException {
    try (LogLines log = new LogLines();
        CertificateWatch watch = start(CLOCK)) {
      TlsFiles files = TestAuthority.write(directory, first);
      Files.writeString(files.privateKey(), "nothing");
      watch.poll();
      watch.reload(files);
      watch.poll();

      assertThat(log.lines()).hasSize(3);
      assertThat(log.lines().get(1)).isEqualTo(log.lines().get(2)).startsWith("ERROR ");
    }
  }

  @Test
  void otherFilesAreWatchedFromAReloadOn() throws IOException {
    try (CertificateWatch watch = start(CLOCK)) {
      Path other = Files.createDirectory(directory.resolve("other"));
      watch.reload(TestAuthority.write(other, second));
      assertThat(watch.notAfter()).isEqualTo(second.getCertificate().getNotAfter().toInstant());
      Files.delete(directory.resolve("key.pem"));
      watch.poll();
      assertThat(watch.trouble()).isEmpty();
    }
  }

  /** As Let's Encrypt's client lays them out: names that lead to the newest files. */
  @Test
  void symbolicLinkThatLeadsElsewhereIsAChange() throws IOException {
    Path old = Files.createDirectory(directory.resolve("old"));
    Path fresh = Files.createDirectory(directory.resolve("fresh"));
    TestAuthority.write(old, first);
    TestAuthority.write(fresh, second);
    Path live = Files.createSymbolicLink(directory.resolve("live"), old);
    TlsFiles files =
        new TlsFiles(live.resolve("chain.pem"), live.resolve("key.pem"), Optional.empty());
    try (CertificateWatch watch = CertificateWatch.start(TlsProvider.JDK, files, CLOCK)) {
      Files.delete(live);
      Files.createSymbolicLink(live, fresh);
      watch.poll();

      assertThat(watch.notAfter()).isEqualTo(second.getCertificate().getNotAfter().toInstant());
    }
  }

  @Test
  void certificateThatHasEndedServesWithAWarning() throws IOException {
    try (LogLines log = new LogLines();
        CertificateWatch watch = start(Clock.offset(CLOCK, Duration.ofDays(1000)))) {
      watch.remind();

      assertThat(log.lines()).hasSize(3);
      assertThat(log.lines().subList(1, 3))
          .allMatch(line -> line.startsWith("WARN the certificate expired at "));
      assertThat(watch.trouble().orElseThrow()).startsWith("the certificate expired");
    }
  }

  @Test
  void startWithoutAUsablePairFailsInOneLine() throws IOException {
    TlsFiles files = TestAuthority.write(directory, first);
    Files.writeString(files.privateKey(), "");

    assertThatThrownBy(() -> CertificateWatch.start(TlsProvider.best(), files, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no private key in it")
        .hasMessageNotContaining("\n");
  }

  @Test
  void handlersCanBeHadWhileTheCertificateIsReplaced() throws Exception {
    try (CertificateWatch watch = start(CLOCK)) {
      CompletableFuture<Void> taker =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  SslHandler handler = watch.tls().newHandler(UnpooledByteBufAllocator.DEFAULT);
                  ReferenceCountUtil.release(handler.engine());
                }
              });
      TlsFiles one = TestAuthority.write(Files.createDirectory(directory.resolve("1")), second);
      TlsFiles two = TestAuthority.write(Files.createDirectory(directory.resolve("2")), first);
      int replaced = 0;
      while (!taker.isDone()) {
        watch.reload(replaced++ % 2 == 0 ? one : two);
      }
      taker.join();
      assertThat(replaced).isPositive();
      assertThat(watch.trouble()).isEmpty();
    }
  }
}
