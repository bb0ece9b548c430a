package io.trakx.netty.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a YAML file into raw values, each with its line.
 *
 * <p>Takes the part of YAML that a configuration needs: nested sections, texts and lists of texts.
 * Every scalar is taken as it was written, so that {@code 1e3} or {@code no} mean what they say;
 * nothing of YAML's guessing of types gets in the way. A key given twice, an alias, a second
 * document are errors.
 */
final class YamlSource {
  /** The longest file that is read; the annotated reference has about 8 KiB. */
  static final long MAX_BYTES = 1 << 20;

  private final String name;
  private final List<ConfigError> errors;
  private final Map<String, RawValue> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();

  private YamlSource(String name, List<ConfigError> errors) {
    this.name = name;
    this.errors = errors;
  }

  /** Reads {@code file}; what cannot be understood goes to {@code errors}. */
  static Map<String, RawValue> read(Path file, List<ConfigError> errors) {
    YamlSource source = new YamlSource(file.toString(), errors);
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
        source.error("", null, 0, "is larger than " + MAX_BYTES + " bytes");
        return Map.of();
      }
      try (InputStream in = Files.newInputStream(file);
          YAMLParser parser = new YAMLFactory().createParser(in)) {
        source.document(parser);
      }
    } catch (JsonProcessingException e) {
      source.syntaxError(e);
    } catch (NoSuchFileException e) {
      source.error("", null, 0, "there is no such file");
    } catch (IOException e) {
      source.error("", null, 0, "cannot be read: " + e.getMessage());
    }
    return source.values;
  }

  private void document(YAMLParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null || token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.START_OBJECT) {
      error("", null, line(parser), "does not begin with a section");
      return;
    }
    section(parser, "");
    if (parser.nextToken() != null) {
      error("", null, line(parser), "has a second document");
    }
  }

  private void section(YAMLParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      int line = line(parser);
      JsonToken token = parser.nextToken();
      Integer first = lines.putIfAbsent(key, line);
      if (first != null) {
        error(key, null, line, "is given twice, first in line " + first);
        parser.skipChildren();
        continue;
      }
      switch (token) {
        case START_OBJECT -> section(parser, key + ".");
        case START_ARRAY -> sequence(parser, key, line);
        // A section with nothing in it, or all of it commented out.
        case VALUE_NULL -> empty(key, line);
        default -> scalar(parser, key, line);
      }
    }
  }

  private void empty(String key, int line) {
    if (!Settings.SECTIONS.contains(key)) {
      error(key, null, line, "has no value; write \"\" for an empty one, or remove the line");
    }
  }

  private void scalar(YAMLParser parser, String key, int line) throws IOException {
    if (parser.isCurrentAlias()) {
      error(key, null, line, "is an alias; aliases are not understood here");
      return;
    }
    values.put(key, RawValue.text(parser.getText(), origin(line)));
  }

  private void sequence(YAMLParser parser, String key, int line) throws IOException {
    List<String> items = new ArrayList<>();
    boolean good = true;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (!token.isScalarValue() || token == JsonToken.VALUE_NULL || parser.isCurrentAlias()) {
        error(key, null, line(parser), "has an entry that is no plain text");
        parser.skipChildren();
        good = false;
      } else {
        items.add(parser.getText());
      }
    }
    if (good) {
      values.put(key, RawValue.sequence(items, origin(line)));
    }
  }

  private void syntaxError(JsonProcessingException e) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    String problem = e.getOriginalMessage();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MarkedYAMLException marked) {
        problem = marked.getProblem();
        line = marked.getProblemMark() == null ? line : marked.getProblemMark().getLine() + 1;
      }
    }
    error("", null, line, "is not YAML: " + problem);
  }

  private void error(String key, @Nullable String value, int line, String reason) {
    errors.add(new ConfigError(key, value, line > 0 ? origin(line) : name, reason, null));
  }

  private String origin(int line) {
    return name + ":" + line;
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
