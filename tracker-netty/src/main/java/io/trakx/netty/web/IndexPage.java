package io.trakx.netty.web;

import io.trakx.core.swarm.StoreTotals;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The index page: what this is, how to use it, how much is going on, and how that changed. */
final class IndexPage {
  private final WebOptions options;
  private final Frame frame;
  private final AnnouncePorts ports;

  IndexPage(WebOptions options, Frame frame, AnnouncePorts ports) {
    this.options = options;
    this.frame = frame;
    this.ports = ports;
  }

  /**
   * Writes it.
   *
   * @param asked by which host, and how, the page was asked for
   * @param past what the charts show, if it can be had
   * @param lasting whether the past outlives the process
   */
  String write(Site.Page.Index asked, StoreTotals now, Optional<Series> past, boolean lasting) {
    Range range = asked.range();
    String main =
        """
        <p class="lead">A BitTorrent tracker: it tells the clients of a torrent of one another, and \
        holds none of what they share.</p>
        <section aria-labelledby="announce">
        <h2 id="announce">Announce URLs</h2>
        <ul class="urls">
        %s</ul>
        <p class="visually-hidden" role="status" id="copied"></p>
        </section>
        <section aria-labelledby="now">
        <h2 id="now">Now</h2>
        <dl class="tiles">
        %s%s%s%s</dl>
        </section>
        <section aria-labelledby="history">
        <div class="bar">
        <h2 id="history">History</h2>
        <nav class="ranges" aria-label="Time span of the charts">%s</nav>
        </div>
        <p class="note" id="note" data-text="%s">%s</p>
        <div class="charts" id="charts" data-range="%s">
        %s</div>
        </section>
        """
            .formatted(
                urls(asked),
                tile("seeders", "Seeders", now.seeders()),
                tile("leechers", "Leechers", now.leechers()),
                tile("torrents", "Torrents", now.swarms()),
                tile("unique_addresses", "Unique addresses", now.uniqueAddresses()),
                ranges(range),
                note(lasting),
                past.isPresent() ? note(lasting) : "The history cannot be read at present.",
                range.key(),
                charts(past));
    return frame.page(Frame.Place.OVERVIEW, "", true, main);
  }

  private String urls(Site.Page.Index asked) {
    List<String> urls =
        options.announceUrls().isEmpty()
            ? ports.urls(asked.authority(), asked.encrypted())
            : options.announceUrls().stream().map(URI::toString).toList();
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < urls.size(); i++) {
      String url = Html.escape(urls.get(i));
      html.append(
          """
          <li><code id="url-%d">%s</code><button type="button" class="copy" data-copy="url-%d" \
          aria-label="Copy %s">Copy</button></li>
          """
              .formatted(i, url, i, url));
    }
    return html.toString();
  }

  private static String tile(String key, String name, long value) {
    return "<div><dt>%s</dt><dd data-figure=\"%s\">%s</dd></div>\n"
        .formatted(name, key, Frame.number(value));
  }

  private static String ranges(Range shown) {
    StringBuilder html = new StringBuilder();
    for (Range range : Range.values()) {
      html.append(
          "<a href=\"/?range=%s#history\" data-range=\"%s\"%s>%s</a>"
              .formatted(
                  range.key(),
                  range.key(),
                  range == shown ? " aria-current=\"true\"" : "",
                  range.label()));
    }
    return html.toString();
  }

  private static String note(boolean lasting) {
    return lasting
        ? ""
        : "This tracker keeps no database: its history begins with its start, and reaches back a"
            + " week at most.";
  }

  private static String charts(Optional<Series> past) {
    StringBuilder html = new StringBuilder();
    for (Chart chart : Chart.ALL) {
      html.append(
          """
          <figure id="chart-%s">
          <h3>%s</h3>
          <div class="plot"><canvas role="img" aria-label="Chart of %s" \
          aria-describedby="told-%s"></canvas></div>
          <figcaption id="told-%s">%s</figcaption>
          </figure>
          """
              .formatted(
                  chart.key(),
                  chart.title(),
                  chart.shows(),
                  chart.key(),
                  chart.key(),
                  past.map(chart::sentence).orElse("")));
    }
    return html.toString();
  }
}
