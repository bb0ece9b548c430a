package io.trakx.netty.config;

import io.trakx.netty.http.HttpListener;
import io.trakx.netty.http.TrustedProxies;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of {@code http.listen}: an address, then parameters of that listener.
 *
 * <pre>
 * ADDRESS:PORT [proxy=NETWORK]... [header=NAME | proxy_protocol=true]
 * </pre>
 */
final class HttpListeners {
  static final SettingType<List<HttpListener>> TYPE =
      SettingType.many(
          Addresses.EXPECTED
              + ", then, if wanted, proxy=NETWORK and header=NAME or proxy_protocol=true",
          HttpListeners::parse);

  private HttpListeners() {}

  private static HttpListener parse(String text) throws InvalidValueException {
    String[] words = text.strip().split("\\s+", -1);
    InetSocketAddress address = Addresses.parse(words[0]);
    List<String> proxies = new ArrayList<>();
    @Nullable String header = null;
    boolean proxyProtocol = false;
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = equals < 0 ? words[i] : words[i].substring(0, equals);
      String value = equals < 0 ? "" : words[i].substring(equals + 1);
      if (value.isEmpty()) {
        throw new InvalidValueException("has " + words[i] + " where NAME=VALUE belongs");
      }
      switch (name) {
        case "proxy" -> proxies.add(value);
        case "header" -> {
          if (header != null) {
            throw new InvalidValueException("names two headers");
          }
          header = value;
        }
        case "proxy_protocol" -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidValueException("has a proxy_protocol that is not true or false");
          }
          proxyProtocol = value.equals("true");
        }
        default -> throw new InvalidValueException("has an unknown parameter, " + name);
      }
    }
    if (header != null && proxies.isEmpty()) {
      throw new InvalidValueException("names a header, but no proxy that may send it");
    }
    if (proxyProtocol && proxies.isEmpty()) {
      throw new InvalidValueException("has proxy_protocol, but no proxy that may speak it");
    }
    if (proxyProtocol && header != null) {
      throw new InvalidValueException(
          "has proxy_protocol, and a header that is not looked at then");
    }
    String usual = proxyProtocol ? null : HttpListener.DEFAULT_CLIENT_ADDRESS_HEADER;
    return new HttpListener(address, trusted(proxies), header == null ? usual : header);
  }

  private static TrustedProxies trusted(List<String> networks) throws InvalidValueException {
    try {
      return TrustedProxies.parse(networks);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("has a proxy that is no network: " + e.getMessage());
    }
  }
}
