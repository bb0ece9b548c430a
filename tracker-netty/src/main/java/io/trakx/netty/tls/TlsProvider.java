package io.trakx.netty.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/** What encrypts: the one place that knows the choices apart. */
public enum TlsProvider {
  /** Google's library, through Netty's native one: the cheapest measured. */
  BORINGSSL("BoringSSL", SslProvider.OPENSSL_REFCNT),

  /** Java's own, which works everywhere. */
  JDK("the JDK", SslProvider.JDK);

  /** Forward secrecy and authenticated encryption only; 1.3 has nothing else. */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final String title;
  private final SslProvider netty;

  TlsProvider(String title, SslProvider netty) {
    this.title = title;
    this.netty = netty;
  }

  /** {@link #BORINGSSL} where it works, else {@link #JDK}. */
  public static TlsProvider best() {
    return BORINGSSL.isAvailable() ? BORINGSSL : JDK;
  }

  /** Whether it works on this machine. */
  public boolean isAvailable() {
    return this == JDK || OpenSsl.isAvailable();
  }

  /** Its name in the log. */
  public String title() {
    return title;
  }

  /**
   * What handlers are made by; counted by references if it is BoringSSL's.
   *
   * <p>Without ALPN: who offers other protocols beside HTTP/1.1 gets that all the same. BoringSSL
   * hands out no session tickets unless told to, so that a session never outlives its context.
   */
  SslContext context(Credentials credentials) throws SSLException {
    return SslContextBuilder.forServer(
            credentials.key(), credentials.chain().toArray(X509Certificate[]::new))
        .sslProvider(netty)
        .protocols("TLSv1.3", "TLSv1.2")
        .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .clientAuth(ClientAuth.NONE)
        .build();
  }
}
