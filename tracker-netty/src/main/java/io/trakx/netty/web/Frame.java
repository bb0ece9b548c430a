package io.trakx.netty.web;

import io.trakx.netty.web.Assets.File;
import java.net.URI;
import java.util.Optional;

/** What all pages have around them: head, header with the way to the other pages, and footer. */
final class Frame {
  private final WebOptions options;
  private final Assets assets;

  Frame(WebOptions options, Assets assets) {
    this.options = options;
    this.assets = assets;
  }

  /** Which entry of the header's navigation a page is. */
  enum Place {
    OVERVIEW("/", "Overview"),
    STATISTICS("/stats", "Statistics"),
    NONE("", "");

    private final String address;
    private final String label;

    Place(String address, String label) {
      this.address = address;
      this.label = label;
    }
  }

  /**
   * A whole page.
   *
   * @param name of the page, as text; empty: the tracker's title alone
   * @param charts whether it has charts
   * @param main the content, as HTML
   */
  String page(Place place, String name, boolean charts, String main) {
    String title = Html.escape(options.title());
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s%s</title>
    <link rel="icon" href="%s" type="image/svg+xml">
    <link rel="stylesheet" href="%s">
    %s<script src="%s" defer></script>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header>
    %s
    <nav aria-label="Pages">%s%s</nav>
    </header>
    <main id="main">
    %s</main>
    <footer>
    <p>%s</p>
    <p>Served by Trakx &middot; <a href="/stats.json">stats.json</a></p>
    </footer>
    </body>
    </html>
    """
        .formatted(
            name.isEmpty() ? "" : Html.escape(name) + " \u00b7 ",
            title,
            assets.address(File.ICON),
            assets.address(File.STYLE),
            charts
                ? "<script src=\"%s\" defer></script>\n".formatted(assets.address(File.CHARTS))
                : "",
            assets.address(File.SCRIPT),
            brand(place),
            link(Place.OVERVIEW, place),
            link(Place.STATISTICS, place),
            main,
            contact());
  }

  /** The tracker's title: the index page's heading, and the way back to it on others. */
  private String brand(Place place) {
    String inner = assets.icon() + "<span>" + Html.escape(options.title()) + "</span>";
    return place == Place.OVERVIEW
        ? "<h1 class=\"brand\">" + inner + "</h1>"
        : "<a class=\"brand\" href=\"/\">" + inner + "</a>";
  }

  private static String link(Place to, Place here) {
    return "<a href=\"%s\"%s>%s</a>"
        .formatted(to.address, to == here ? " aria-current=\"page\"" : "", to.label);
  }

  private String contact() {
    Optional<URI> contact = options.contact();
    if (contact.isEmpty()) {
      return "This tracker stores no content, only who shares it at present.";
    }
    return "This tracker stores no content, only who shares it at present. <a href=\"%s\""
            .formatted(Html.escape(contact.get().toString()))
        + " rel=\"noreferrer\">Contact its operator</a>";
  }

  /** A whole number with separators. */
  static String number(long value) {
    StringBuilder digits = new StringBuilder().append(value);
    int first = value < 0 ? 1 : 0;
    for (int at = digits.length() - 3; at > first; at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }
}
