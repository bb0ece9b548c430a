package io.trakx.netty.app;

import io.trakx.netty.tls.BadCredentialsException;
import io.trakx.netty.tls.Credentials;
import io.trakx.netty.tls.ServerTls;
import io.trakx.netty.tls.TlsFiles;
import io.trakx.netty.tls.TlsProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the certificate that HTTPS clients are shown equal to its files: rereads when a file has
 * changed or when told to. Connections that are open keep what they were shown.
 *
 * <p>Files that cannot be used, such as a certificate whose key is not there yet, leave the old
 * certificate in force, with an error in the log, and are tried again by every poll, changed or
 * not: a permission granted shows in no stamp. The log has an error again when its cause is another
 * one. Used by one thread at a time, but where said.
 */
final class CertificateWatch implements AutoCloseable {
  /** From one look at the files to the next. */
  static final Duration POLL = Duration.ofSeconds(2);

  /** From one look at how long the certificate still holds to the next. */
  static final Duration REMINDER = Duration.ofDays(1);

  private static final Logger LOG = LogManager.getLogger(CertificateWatch.class);

  private final ServerTls tls;
  private final Clock clock;
  private TlsFiles files;
  private List<String> stamps;
  private volatile Credentials credentials;

  /** Why the files could not be used when that was last tried; null if they could. */
  private volatile @Nullable String trouble;

  private CertificateWatch(
      TlsProvider provider,
      TlsFiles files,
      List<String> stamps,
      Credentials credentials,
      Clock clock)
      throws SSLException {
    this.tls = new ServerTls(provider, credentials);
    this.files = files;
    this.stamps = stamps;
    this.credentials = credentials;
    this.clock = clock;
    tell("");
  }

  /**
   * Reads the files, and watches them from now on.
   *
   * @param clock tells whether certificates have expired
   * @throws IOException if they cannot be used; the message is one line
   */
  static CertificateWatch start(TlsProvider provider, TlsFiles files, Clock clock)
      throws IOException {
    // Before reading: what changes meanwhile is found by the next poll.
    List<String> stamps = stamps(files);
    Credentials credentials = files.read();
    try {
      return new CertificateWatch(provider, files, stamps, credentials, clock);
    } catch (SSLException e) {
      throw new IOException(unusable(files, provider, e), e);
    }
  }

  /** What encrypts, with the certificate in force. */
  ServerTls tls() {
    return tls;
  }

  /** Until when the certificate in force holds. Any thread may ask. */
  Instant notAfter() {
    return credentials.notAfter();
  }

  /** What is wrong with files or certificate, if anything. Any thread may ask. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble)
        .map(cause -> "the old certificate is in force: " + cause)
        .or(() -> credentials.concern(clock.instant()));
  }

  /** Rereads the files if one has changed, or could not be used the last time. */
  void poll() {
    if (trouble != null || !stamps(files).equals(stamps)) {
      read();
    }
  }

  /** Reads {@code wanted}, changed or not, and watches them from now on. */
  void reload(TlsFiles wanted) {
    files = wanted;
    trouble = null; // who asks for it is told what is wrong, again if need be
    read();
  }

  /** Warns of a certificate that is about to end, or has ended. */
  void remind() {
    credentials.concern(clock.instant()).ifPresent(LOG::warn);
  }

  private void read() {
    stamps = stamps(files);
    try {
      Credentials fresh = files.read();
      if (!fresh.equals(credentials)) {
        tls.replace(fresh);
        credentials = fresh;
        tell("new connections get another ");
      } else if (trouble != null) {
        LOG.info("the files hold the certificate in force");
      }
      trouble = null;
    } catch (BadCredentialsException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (SSLException e) {
      failed(unusable(files, tls.provider(), e));
    }
  }

  private void failed(String cause) {
    if (!cause.equals(trouble)) {
      LOG.error("the old certificate stays in force: {}", cause);
    }
    trouble = cause;
  }

  private void tell(String how) {
    LOG.info("HTTPS by {}: {}{}", tls.provider().title(), how, credentials);
    remind();
  }

  private static String unusable(TlsFiles files, TlsProvider provider, SSLException cause) {
    return "%s cannot use %s with its key: %s"
        .formatted(provider.title(), files.certificate(), cause.getMessage());
  }

  private static List<String> stamps(TlsFiles files) {
    List<Path> all = new ArrayList<>(List.of(files.certificate(), files.privateKey()));
    files.password().ifPresent(all::add);
    return all.stream().map(FileStamp::of).toList();
  }

  /** No further connection can be encrypted. */
  @Override
  public void close() {
    tls.close();
  }
}
