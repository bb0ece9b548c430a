package io.trakx.netty.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A window of a browser, and all that it loaded and complained about. */
final class BrowserPage implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final JsonMapper json = new JsonMapper();
  private final DevTools tools;
  private final String session;
  private final String context;

  BrowserPage(DevTools tools, String session, String context) {
    this.tools = tools;
    this.session = session;
    this.context = context;
    for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
      call(domain + ".enable", parameters());
    }
  }

  private ObjectNode parameters() {
    return json.createObjectNode();
  }

  private JsonNode call(String method, ObjectNode parameters) {
    return tools.call(method, session, parameters);
  }

  /** The window's size in pixels, and whether it is one of a phone. */
  BrowserPage size(int width, int height, boolean phone) {
    call(
        "Emulation.setDeviceMetricsOverride",
        parameters()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", phone ? 2 : 1)
            .put("mobile", phone));
    return this;
  }

  /** Whether its user likes it dark. */
  BrowserPage dark(boolean dark) {
    ObjectNode media = parameters();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", media);
    return this;
  }

  /** Runs no scripts of pages from here on. */
  BrowserPage withoutScripts() {
    call("Emulation.setScriptExecutionDisabled", parameters().put("value", true));
    return this;
  }

  /** Lets pages of {@code origin} use the clipboard. */
  void grantClipboard(String origin) {
    ObjectNode grant = parameters().put("origin", origin).put("browserContextId", context);
    grant.putArray("permissions").add("clipboardReadWrite").add("clipboardSanitizedWrite");
    tools.call("Browser.grantPermissions", "", grant);
  }

  /** Loads an address, with all that belongs to it. */
  void open(String address) {
    int before = tools.events(session, "Page.loadEventFired").size();
    JsonNode answer = call("Page.navigate", parameters().put("url", address));
    if (answer.has("errorText")) {
      throw new AssertionError(address + ": " + answer.path("errorText").asText());
    }
    Await.until(
        "loaded " + address,
        LIMIT,
        () -> tools.events(session, "Page.loadEventFired").size(),
        loaded -> loaded > before);
  }

  /** The value of a JavaScript expression, or of the promise that it is. */
  JsonNode value(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            parameters()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until a JavaScript expression is true. */
  void await(String expression) {
    Await.until(
        expression,
        LIMIT,
        () -> value("(() => { const v = " + expression + "; return v; })()"),
        JsonNode::asBoolean);
  }

  /** Presses a key, as on a keyboard. */
  void press(String key) {
    int code =
        switch (key) {
          case "Tab" -> 9;
          case "Enter" -> 13;
          default -> throw new IllegalArgumentException(key);
        };
    ObjectNode down =
        parameters()
            .put("type", "keyDown")
            .put("key", key)
            .put("code", key)
            .put("windowsVirtualKeyCode", code);
    if (key.equals("Enter")) {
      down.put("text", "\r");
    }
    call("Input.dispatchKeyEvent", down);
    call(
        "Input.dispatchKeyEvent",
        parameters()
            .put("type", "keyUp")
            .put("key", key)
            .put("code", key)
            .put("windowsVirtualKeyCode", code));
  }

  /** Presses Tab until the element that a selector finds has the focus. */
  void tabTo(String selector) {
    for (int presses = 0; presses < 50; presses++) {
      press("Tab");
      if (value("document.activeElement.matches(`" + selector + "`)").asBoolean()) {
        return;
      }
    }
    throw new AssertionError("Tab does not lead to " + selector);
  }

  /** Keeps a picture of the whole page. */
  void screenshot(Path file) throws IOException {
    JsonNode picture =
        call(
            "Page.captureScreenshot",
            parameters().put("format", "png").put("captureBeyondViewport", true));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
  }

  /** The addresses of all that was asked for. */
  List<String> requests() {
    return tools.events(session, "Network.requestWillBeSent").stream()
        .map(event -> event.path("request").path("url").asText())
        .toList();
  }

  /** The bytes that all answers took on the wire, as far as they have ended. */
  long bytesReceived() {
    return tools.events(session, "Network.loadingFinished").stream()
        .mapToLong(event -> event.path("encodedDataLength").asLong())
        .sum();
  }

  /** What the console has to say, exceptions and refusals by the policy included. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    Stream.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        .flatMap(name -> tools.events(session, name).stream())
        .map(JsonNode::toString)
        .forEach(complaints::add);
    tools.events(session, "Network.loadingFailed").stream()
        .map(JsonNode::toString)
        .forEach(complaints::add);
    return complaints;
  }

  /** Closes the window. */
  @Override
  public void close() {
    tools.call("Target.disposeBrowserContext", "", parameters().put("browserContextId", context));
  }
}
