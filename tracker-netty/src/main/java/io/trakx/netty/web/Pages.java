package io.trakx.netty.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trakx.core.swarm.StoreTotals;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;

/** The pages as HTML, and the policy under which browsers show them. Thread-safe. */
public final class Pages {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --text: #1c2128; --quiet: #59636e; --ground: #fff; \
      --line: #d1d9e0; }
      @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --quiet: #9198a1; \
      --ground: #0d1117; --line: #3d444d; } }
      body { margin: 3rem auto; max-width: 40rem; padding: 0 1rem; color: var(--text); \
      background: var(--ground); font: 1rem/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.5rem; margin-bottom: 0; }
      p { color: var(--quiet); }
      code { color: var(--text); overflow-wrap: anywhere; }
      dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 1px; \
      margin: 2rem 0; background: var(--line); border: 1px solid var(--line); }
      div { padding: .75rem 1rem; background: var(--ground); }
      dt { color: var(--quiet); font-size: .875rem; }
      dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
      """;

  /** Nothing but this very style, and no embedding elsewhere. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Supplier<StoreTotals> totals;

  /**
   * @param totals what the store holds; asked for every page, on event loops: it must be quick
   */
  public Pages(Supplier<StoreTotals> totals) {
    this.totals = totals;
  }

  /**
   * The index page: what this is, how to use it, and how much is going on.
   *
   * @param authority host and port as the browser was told them
   */
  String index(String authority) {
    StoreTotals now = totals.get();
    String announceUrl = Html.escape("http://" + authority + "/announce");
    String body =
        """
        <h1>Trakx</h1>
        <p>This is a BitTorrent tracker: it tells the clients of a torrent of one another, and holds \
        none of what they share.</p>
        <p>Its announce URL is <code>%s</code></p>
        <dl>
        %s%s%s%s%s</dl>
        """
            .formatted(
                announceUrl,
                figure("Torrents", now.swarms()),
                figure("Peers", now.peers()),
                figure("Seeders", now.seeders()),
                figure("Leechers", now.leechers()),
                figure("Addresses", now.uniqueAddresses()));
    return page("Trakx", body);
  }

  /** What is shown where there is nothing. */
  String notFound() {
    return page(
        "Not found",
        """
        <h1>Not found</h1>
        <p>There is no such page here. <a href="/">This tracker</a></p>
        """);
  }

  private static String figure(String name, long value) {
    return "<div><dt>%s</dt><dd>%s</dd></div>\n"
        .formatted(Html.escape(name), String.format(Locale.ROOT, "%,d", value));
  }

  private static String page(String title, String body) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>%s</style>
    </head>
    <body>
    %s</body>
    </html>
    """
        .formatted(Html.escape(title), STYLE, body);
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
