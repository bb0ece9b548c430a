package io.trakx.netty.web;

import java.util.ArrayList;
import java.util.List;

/**
 * The ports at which announces are served, as far as the pages cannot see for themselves; 0 each as
 * long as there is none. Thread-safe.
 */
public final class AnnouncePorts {
  private static final int HTTP_DEFAULT = 80;
  private static final int HTTPS_DEFAULT = 443;

  private volatile int udp;
  private volatile int http;
  private volatile int https;

  /** Announces over UDP are served from now on. */
  public void udp(int port) {
    udp = port;
  }

  /** Announces over plain HTTP are served from now on. */
  public void http(int port) {
    http = port;
  }

  /** Announces over HTTPS are served from now on. */
  public void https(int port) {
    https = port;
  }

  /**
   * The announce URLs.
   *
   * @param authority host and port by which somebody asked
   * @param encrypted whether that was over HTTPS
   */
  List<String> urls(String authority, boolean encrypted) {
    List<String> urls = new ArrayList<>();
    String host = host(authority);
    if (udp != 0) {
      urls.add("udp://%s:%d/announce".formatted(host, udp));
    }
    if (encrypted) {
      urls.add("https://" + authority + "/announce");
      if (http != 0) {
        urls.add("http://%s/announce".formatted(with(host, http, HTTP_DEFAULT)));
      }
    } else {
      if (https != 0) {
        urls.add("https://%s/announce".formatted(with(host, https, HTTPS_DEFAULT)));
      }
      urls.add("http://" + authority + "/announce");
    }
    return urls;
  }

  private static String with(String host, int port, int ofScheme) {
    return port == ofScheme ? host : host + ":" + port;
  }

  /** The host without its port; an IPv6 address keeps its brackets. */
  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}
