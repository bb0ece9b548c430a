package io.trakx.netty.config;

import static io.trakx.netty.config.Setting.list;
import static io.trakx.netty.config.Setting.one;
import static io.trakx.netty.config.SettingTypes.optionalPath;

import io.trakx.netty.http.HttpListener;
import io.trakx.netty.tls.BadCredentialsException;
import io.trakx.netty.tls.TlsFiles;
import io.trakx.netty.tls.TlsProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of HTTPS, and what must hold between them and their files. */
final class HttpsSettings {
  static final Setting<List<HttpListener>> LISTEN =
      list(
          "https.listen",
          HttpListeners.TYPE,
          List.of(),
          "Where the same is served over TLS 1.2 and 1.3, written as in http.listen. Empty:"
              + " nowhere.");
  static final Setting<Optional<Path>> CERTIFICATE =
      one(
          "https.certificate",
          optionalPath(),
          "",
          "The PEM file with the server's certificate and those of its issuers behind it. Reread"
              + " when it changes, and on SIGHUP, as the key is.");
  static final Setting<Optional<Path>> PRIVATE_KEY =
      one(
          "https.private_key",
          optionalPath(),
          "",
          "The PEM file with the certificate's private key, in PKCS#8.");
  static final Setting<Optional<Path>> PASSWORD_FILE =
      one(
          "https.private_key_password_file",
          optionalPath(),
          "",
          "The file that holds the password of that key, in one line. Empty: it has none.");

  private HttpsSettings() {}

  /** What the settings name; nothing if HTTPS is not served. */
  static Optional<TrakxConfig.Https> map(LoadedConfig config) {
    return config.get(LISTEN).isEmpty()
        ? Optional.empty()
        : files(config).map(files -> new TrakxConfig.Https(config.get(LISTEN), files));
  }

  /** The files, if both of those are named that are needed. */
  private static Optional<TlsFiles> files(LoadedConfig config) {
    return config
        .get(CERTIFICATE)
        .flatMap(
            certificate ->
                config
                    .get(PRIVATE_KEY)
                    .map(key -> new TlsFiles(certificate, key, config.get(PASSWORD_FILE))));
  }

  /** Finds what is missing, and what is wrong with the files. */
  static void check(LoadedConfig config, ConfigChecks checks) {
    if (config.get(LISTEN).isEmpty() || !checks.sound(CERTIFICATE, PRIVATE_KEY, PASSWORD_FILE)) {
      return;
    }
    for (Setting<Optional<Path>> needed : List.of(CERTIFICATE, PRIVATE_KEY)) {
      if (config.get(needed).isEmpty()) {
        checks.error(needed, "names no file", "a PEM file, since https.listen is set");
      }
    }
    Optional<TlsFiles> files = files(config);
    if (files.isPresent()) {
      try {
        var _ = files.get().read();
      } catch (BadCredentialsException e) {
        for (TlsProblem problem : e.problems()) {
          checks.error(setting(problem.part()), problem.reason(), problem.expected());
        }
      }
    }
  }

  private static Setting<?> setting(TlsProblem.Part part) {
    return switch (part) {
      case CERTIFICATE -> CERTIFICATE;
      case PRIVATE_KEY -> PRIVATE_KEY;
      case PASSWORD -> PASSWORD_FILE;
    };
  }
}
