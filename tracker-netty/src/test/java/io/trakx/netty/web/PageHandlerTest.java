package io.trakx.netty.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.trakx.core.swarm.StoreTotals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageHandlerTest {
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new PageHandler(new Pages(() -> new StoreTotals(1234567, 5, 7, 11, 13, 17, 19))));

  @AfterEach
  void leaveNothingBehind() {
    assertThat(channel.finishAndReleaseAll()).isFalse();
  }

  private record Page(int status, String body, FullHttpResponse response) {
    String header(CharSequence name) {
      return String.valueOf(response.headers().get(name));
    }
  }

  private Page request(HttpMethod method, String uri, String host) {
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, uri);
    request.headers().set(HttpHeaderNames.HOST, host);
    channel.writeInbound(request);
    FullHttpResponse response = channel.readOutbound();
    Page page = new Page(response.status().code(), response.content().toString(UTF_8), response);
    response.release();
    return page;
  }

  @Test
  void indexTellsAnnounceUrlAndCounts() {
    Page page = request(HttpMethod.GET, "/", "tracker.example:1337");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header(HttpHeaderNames.CONTENT_TYPE)).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("<code>http://tracker.example:1337/announce</code>")
        .contains("<dt>Torrents</dt><dd>1,234,567</dd>")
        .contains("<dt>Seeders</dt><dd>20</dd>")
        .contains("prefers-color-scheme");
  }

  @Test
  void indexKnowsAnIpv6Host() {
    assertThat(request(HttpMethod.GET, "/?x", "[2001:db8::1]:1337").body())
        .contains("http://[2001:db8::1]:1337/announce");
  }

  @Test
  void hostThatIsNoneIsNotShown() {
    String evil = "\"><script>alert(1)</script>";

    assertThat(request(HttpMethod.GET, "/", evil).body()).doesNotContain("script");
    assertThat(request(HttpMethod.GET, "/<script>", "h").body()).doesNotContain("<script");
    assertThat(Html.escape("<a b=\"c\" d='e'>&"))
        .isEqualTo("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
  }

  @Test
  void policyForbidsEverythingButTheStyleOfThePage() {
    Page page = request(HttpMethod.GET, "/", "h");

    assertThat(page.header(HttpHeaderNames.CONTENT_SECURITY_POLICY))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("frame-ancestors 'none'");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.body()).doesNotContain("src=", "<script", "style=", "//cdn");
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() {
    Page get = request(HttpMethod.GET, "/", "h");
    Page head = request(HttpMethod.HEAD, "/", "h");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header(HttpHeaderNames.CONTENT_LENGTH))
        .isEqualTo(get.header(HttpHeaderNames.CONTENT_LENGTH));
  }

  @Test
  void otherPathsAreNotFound() {
    Page page = request(HttpMethod.GET, "/wp-login.php", "h");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.body()).contains("no such page");

    Page favicon = request(HttpMethod.GET, "/favicon.ico", "h");
    assertThat(favicon.status()).isEqualTo(404);
    assertThat(favicon.body()).isEmpty();
    assertThat(favicon.header(HttpHeaderNames.CACHE_CONTROL)).contains("max-age");
  }

  @Test
  void otherMethodsAreRefused() {
    Page page = request(HttpMethod.POST, "/", "h");

    assertThat(page.status()).isEqualTo(405);
    assertThat(page.header(HttpHeaderNames.ALLOW)).isEqualTo("GET, HEAD");
  }
}
