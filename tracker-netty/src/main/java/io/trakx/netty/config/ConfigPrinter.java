package io.trakx.netty.config;

import java.util.List;

/**
 * Prints the configuration: what holds, and what there is to set.
 *
 * <p>Both prints are YAML that the loader reads; only passwords come out as {@code ***}.
 */
public final class ConfigPrinter {
  private static final int WIDTH = 100;
  private static final String HIDDEN = "***";

  private ConfigPrinter() {}

  /** Every key with the value that holds; what is no default has its source behind it. */
  static String effective(LoadedConfig config) {
    StringBuilder yaml = new StringBuilder(4096);
    String section = "";
    for (ConfigValue<?> value : config.entries()) {
      section = openSection(yaml, section, value.setting());
      yaml.append("  ").append(value.setting().name()).append(": ").append(shown(value));
      if (!value.isDefault()) {
        yaml.append("  # ").append(Text.oneLine(value.raw().origin()));
      }
      yaml.append('\n');
    }
    return yaml.toString();
  }

  private static String shown(ConfigValue<?> value) {
    if (value.setting().secret()) {
      return value.raw().text().isEmpty() ? "\"\"" : '"' + HIDDEN + '"';
    }
    return YamlText.value(value.setting(), value.items());
  }

  /** Every key with its default, its environment variable, its form and its meaning. */
  public static String reference() {
    StringBuilder yaml = new StringBuilder(8192);
    comment(
        yaml,
        "",
        "The configuration of Trakx: every key with its default. Delete what you do not change."
            + " An environment variable beats this file, --set key=value beats both; lists are"
            + " separated by commas there. 'trakx check' tells what is wrong, 'trakx config' what"
            + " holds.");
    String section = "";
    for (Setting<?> setting : Settings.ALL) {
      boolean first = !setting.section().equals(section);
      section = openSection(yaml, section, setting);
      if (!first) {
        yaml.append('\n');
      }
      comment(yaml, "  ", setting.meaning());
      comment(yaml, "  ", setting.variable() + ": " + setting.type().expected() + ".");
      yaml.append("  ")
          .append(setting.name())
          .append(": ")
          .append(YamlText.value(setting, setting.defaults()))
          .append('\n');
    }
    return yaml.toString();
  }

  /** A Markdown table of all keys: key, default, environment variable, meaning. */
  public static String markdownTable() {
    StringBuilder table = new StringBuilder(8192);
    table.append("| key | default | environment variable | meaning |\n| --- | --- | --- | --- |\n");
    for (Setting<?> setting : Settings.ALL) {
      String defaults = String.join(",", setting.defaults());
      table
          .append("| `")
          .append(setting.key())
          .append("` | ")
          .append(defaults.isEmpty() ? "" : '`' + defaults + '`')
          .append(" | `")
          .append(setting.variable())
          .append("` | ")
          .append(setting.meaning().replace("|", "\\|"))
          .append(" |\n");
    }
    return table.toString();
  }

  /** Words of a command line, the values of passwords among them left out. */
  public static List<String> withoutSecrets(List<String> words) {
    return words.stream().map(ConfigPrinter::withoutSecret).toList();
  }

  private static String withoutSecret(String word) {
    for (Setting<?> setting : Settings.ALL) {
      int at = word.indexOf(setting.key() + '=');
      if (setting.secret() && at >= 0) {
        return word.substring(0, at + setting.key().length() + 1) + HIDDEN;
      }
    }
    return word;
  }

  private static String openSection(StringBuilder yaml, String open, Setting<?> setting) {
    if (!setting.section().equals(open)) {
      if (!yaml.isEmpty()) {
        yaml.append('\n');
      }
      yaml.append(setting.section()).append(":\n");
    }
    return setting.section();
  }

  private static void comment(StringBuilder yaml, String indent, String text) {
    StringBuilder line = new StringBuilder(indent).append('#');
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        yaml.append(line).append('\n');
        line = new StringBuilder(indent).append('#');
      }
      line.append(' ').append(word);
    }
    yaml.append(line).append('\n');
  }
}
