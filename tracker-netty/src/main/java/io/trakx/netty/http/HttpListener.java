package io.trakx.netty.http;

import io.trakx.netty.tls.ServerTls;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One address of the public HTTP port, and whom to believe there about who the client is.
 *
 * @param address where to listen; port 0 takes a free one
 * @param proxies connections from these networks name the client in a header
 * @param clientAddressHeader the header of each request they name it in, in any case; null: they
 *     name it once, before all else on the connection (PROXY protocol), and nobody else may come
 * @param tls what encrypts there, or null for plain HTTP
 */
public record HttpListener(
    InetSocketAddress address,
    TrustedProxies proxies,
    @Nullable String clientAddressHeader,
    @Nullable ServerTls tls) {
  /** What proxies call the header unless told otherwise. */
  public static final String DEFAULT_CLIENT_ADDRESS_HEADER = "X-Forwarded-For";

  public HttpListener {
    clientAddressHeader =
        clientAddressHeader == null ? null : clientAddressHeader.toLowerCase(Locale.ROOT);
  }

  /** A listener for plain HTTP. */
  public HttpListener(
      InetSocketAddress address, TrustedProxies proxies, @Nullable String clientAddressHeader) {
    this(address, proxies, clientAddressHeader, null);
  }

  /** The same listener for HTTPS. */
  public HttpListener encrypted(ServerTls by) {
    return new HttpListener(address, proxies, clientAddressHeader, by);
  }

  /** A listener that believes nobody. */
  public static HttpListener direct(InetSocketAddress address) {
    return new HttpListener(
        address, TrustedProxies.parse(List.of()), DEFAULT_CLIENT_ADDRESS_HEADER);
  }
}
