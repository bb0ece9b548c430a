package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real browser, of a tracker with a month behind it and peers in its swarms. */
@Timeout(240)
@Isolated("A browser takes all that a small machine has.")
class PagesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
  private static final long MOST_BYTES = 150 * 1024;
  private static final int MOST_REQUESTS = 6;
  private static final List<String> CHARTS =
      List.of("peers", "torrents", "announces", "errors", "memory");

  /** Whether every chart has been drawn: lines, and not just one colour. */
  private static final String DRAWN =
      """
      document.querySelectorAll('canvas').length === 5
        && [...document.querySelectorAll('canvas')].every(canvas => {
          const {width, height} = canvas;
          if (!width || !height) {
            return false;
          }
          const copy = new OffscreenCanvas(width, height).getContext('2d', {willReadFrequently: true});
          copy.drawImage(canvas, 0, 0);
          const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
          return new Set(pixels).size > 20 && pixels.filter(pixel => pixel !== 0).length > width;
        })
      """;

  @TempDir private static Path directory;

  private static @Nullable TrakxProcess tracker;
  private static @Nullable Chromium browser;
  private static String accessibility = "";

  @BeforeAll
  static void startTrackerAndBrowser() throws Exception {
    Requirements.programs(List.of("chromium", "setpriv"));
    Path packages = NodePackages.install();
    accessibility = Files.readString(packages.resolve("node_modules/axe-core/axe.min.js"));
    tracker =
        TrakxProcess.start(
            directory,
            UnaryOperator.identity(),
            List.of("127.0.0.1:0"),
            "web.title=Harbour tracker",
            "web.contact=mailto:operator@tracker.example",
            "web.largest_swarms=10",
            "peers.sweep_interval=1s");
    Await.until("database", LIMIT, tracker::log, log -> log.contains("database: "));
    DatabaseProbe.embedded(directory).seedHistory(Instant.now());
    announce(tracker);
    browser = Chromium.start(directory);
    try (BrowserPage page = newPage()) {
      Await.until(
          "largest swarms",
          LIMIT,
          () -> {
            page.open(origin() + "/stats");
            return text(page, "#section-swarms");
          },
          swarms -> swarms.contains("Info-hash"));
    }
  }

  private static void announce(TrakxProcess tracker) throws IOException {
    try (TrackerClient client = new TrackerClient(tracker)) {
      for (int i = 0; i < 300; i++) {
        String torrent = "torrent-number-%05d".formatted(i % 7 * (i % 3));
        client.announce(torrent, 1024 + i, i % 3, i % 4 == 0 ? "started" : "");
      }
    }
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (tracker != null) {
      tracker.close();
    }
  }

  private static TrakxProcess tracker() {
    return Objects.requireNonNull(tracker);
  }

  private static BrowserPage newPage() {
    return Objects.requireNonNull(browser).newPage();
  }

  private static String origin() {
    return "http://127.0.0.1:" + tracker().http().getFirst().getPort();
  }

  private static String text(BrowserPage page, String selector) {
    return page.value("document.querySelector(`" + selector + "`).textContent").asText();
  }

  /** Nothing is wrong with the page as it stands. */
  private static void assertSound(BrowserPage page) {
    assertThat(page.complaints()).isEmpty();
    assertThat(page.requests()).allMatch(address -> address.startsWith(origin() + "/"));
    page.value(accessibility + "; true");
    JsonNode violations =
        page.value(
            """
            axe.run().then(found => found.violations.map(
              violation => violation.id + ': ' + violation.nodes.map(node => node.html).join(' ')))
            """);
    assertThat(violations).isEmpty();
    assertThat(page.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
        .as("fits into the window")
        .isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "light,       1280, 900, false, false",
    "dark,        1280, 900, true,  false",
    "phone,        390, 844, false, true",
    "phone-dark,   320, 640, true,  true",
  })
  void pagesAreSoundAndChartsDraw(String name, int width, int height, boolean dark, boolean phone)
      throws IOException {
    try (BrowserPage page = newPage().size(width, height, phone).dark(dark)) {
      page.open(origin() + "/");
      page.await(DRAWN);
      page.screenshot(SCREENSHOTS.resolve("index-" + name + ".png"));
      assertSound(page);
      assertThat(text(page, "[data-figure=leechers]")).isEqualTo("200");

      page.open(origin() + "/stats");
      page.screenshot(SCREENSHOTS.resolve("stats-" + name + ".png"));
      assertSound(page);
      assertThat(text(page, "#section-swarms tbody")).contains("746f7272656e742d6e756d626572");
    }
  }

  @Test
  void firstViewIsSmall() {
    try (BrowserPage page = newPage().size(1280, 900, false)) {
      page.open(origin() + "/");
      page.await(DRAWN);
      assertThat(page.requests()).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
      assertThat(page.bytesReceived()).isBetween(10_000L, MOST_BYTES);
    }
  }

  @Test
  void rangesSwitchByMouseAndByKeyboard() throws IOException {
    try (BrowserPage page = newPage().size(1280, 900, false)) {
      page.open(origin() + "/");
      page.await(DRAWN);
      String day = text(page, "#told-peers");

      page.value("document.querySelector('.ranges [data-range=hour]').click()");
      page.await("document.querySelector('#charts').dataset.range === 'hour'");
      assertThat(text(page, "#told-peers")).isNotEqualTo(day).startsWith("Latest: ");

      page.value("document.activeElement.blur()");
      page.tabTo(".ranges [data-range=month]");
      page.press("Enter");
      page.await("document.querySelector('#charts').dataset.range === 'month'");
      assertThat(text(page, ".ranges [aria-current]")).isEqualTo("Month");
      assertThat(page.value("location.search").asText()).isEqualTo("?range=month");
      page.await(DRAWN);
      page.screenshot(SCREENSHOTS.resolve("index-month.png"));
      assertSound(page);

      page.open(origin() + "/?range=week");
      page.await("document.querySelector('#charts').dataset.range === 'week'");
      page.await(DRAWN);
      page.screenshot(SCREENSHOTS.resolve("index-week.png"));
      assertThat(text(page, ".ranges [aria-current]")).isEqualTo("Week");
    }
  }

  @Test
  void announceUrlsAreCopied() {
    try (BrowserPage page = newPage().size(1280, 900, false)) {
      page.grantClipboard(origin());
      page.open(origin() + "/");
      String udp = "udp://127.0.0.1:%d/announce".formatted(tracker().udp().getFirst().getPort());

      page.tabTo(".copy");
      page.press("Enter");
      page.await("document.querySelector('.copy').textContent === 'Copied'");
      assertThat(page.value("navigator.clipboard.readText()").asText()).isEqualTo(udp);
      assertThat(text(page, "#copied")).isEqualTo("Copied " + udp);
      page.await("document.querySelector('.copy').textContent === 'Copy'");

      // As where the page came over plain HTTP from another machine.
      page.value("Object.defineProperty(navigator, 'clipboard', {value: undefined}); true");
      page.value("document.querySelectorAll('.copy')[1].focus()");
      page.press("Enter");
      page.await("document.querySelectorAll('.copy')[1].textContent === 'Copied'");
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void whoHasNoScriptsReadsTheChartsInWords() throws IOException {
    try (BrowserPage page = newPage().size(800, 900, false).withoutScripts()) {
      page.open(origin() + "/?range=week");
      page.screenshot(SCREENSHOTS.resolve("index-without-scripts.png"));
      for (String chart : CHARTS) {
        assertThat(text(page, "#told-" + chart)).startsWith("Latest: ");
      }
      assertThat(page.value("document.querySelector('.plot').offsetHeight").asInt()).isZero();
      assertThat(page.complaints()).isEmpty();
    }
  }
}
