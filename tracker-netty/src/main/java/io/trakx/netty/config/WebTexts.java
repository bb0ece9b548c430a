package io.trakx.netty.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what pages show. That it is harmless in a page is up to the pages: they escape it. */
final class WebTexts {
  private static final int LONGEST_TITLE = 80;

  /** A line for people. */
  static final SettingType<String> TITLE =
      SettingType.one("one line of 1 to %d characters".formatted(LONGEST_TITLE), WebTexts::title);

  /** A link; no scheme that runs anything. */
  static final SettingType<Optional<URI>> CONTACT =
      SettingType.one(
          "an http, https or mailto URL, or nothing",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(contact(text)));

  /** What clients announce to. */
  static final SettingType<List<URI>> ANNOUNCE_URLS =
      SettingType.many("http, https or udp URLs", WebTexts::announceUrl);

  private WebTexts() {}

  private static String title(String text) throws InvalidValueException {
    if (text.isBlank()) {
      throw new InvalidValueException("is empty");
    }
    if (text.length() > LONGEST_TITLE) {
      throw new InvalidValueException("is too long");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException("has more than one line, or characters that nobody sees");
    }
    return text.strip();
  }

  private static URI contact(String text) throws InvalidValueException {
    URI url = url(text);
    if (scheme(url).equals("mailto")) {
      if (!url.isOpaque() || !url.getSchemeSpecificPart().contains("@")) {
        throw new InvalidValueException("has no mail address");
      }
      return url;
    }
    return withHost(url, Set.of("http", "https"));
  }

  private static URI announceUrl(String text) throws InvalidValueException {
    return withHost(url(text), Set.of("http", "https", "udp"));
  }

  private static URI withHost(URI url, Set<String> schemes) throws InvalidValueException {
    if (!schemes.contains(scheme(url))) {
      throw new InvalidValueException("is no URL of a kind that is allowed");
    }
    if (url.getHost() == null) {
      throw new InvalidValueException("names no host");
    }
    return url;
  }

  private static URI url(String text) throws InvalidValueException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new InvalidValueException("is no URL: " + e.getReason());
    }
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }
}
