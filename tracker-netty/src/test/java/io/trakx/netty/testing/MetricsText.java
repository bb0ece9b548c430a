package io.trakx.netty.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trakx.netty.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code /metrics} says in Prometheus' text format, read as one of its readers would. */
public final class MetricsText {
  private static final Pattern META = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z][a-z0-9_]*)(\\{(.*)})? (\\S+)( \\S+)?");
  private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  private final Map<String, Family> families = new TreeMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  private MetricsText() {}

  /**
   * One metric.
   *
   * @param labels the names of its labels, {@code le} aside
   */
  public record Family(String name, String type, String help, Set<String> labels) {
    /** The names that its samples have. */
    public List<String> sampleNames() {
      return switch (type) {
        case "histogram" -> List.of(name + "_bucket", name + "_count", name + "_sum");
        case "summary" -> List.of(name + "_count", name + "_sum");
        default -> List.of(name);
      };
    }
  }

  /** Reads what metrics write for whoever sends {@code accept}. */
  public static MetricsText read(Metrics metrics, String accept) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      metrics.write(accept, page);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return parse(page.toString(UTF_8));
  }

  /** Reads a page, and fails at a line that is none of the format's. */
  public static MetricsText parse(String page) {
    MetricsText text = new MetricsText();
    Map<String, String> helps = new LinkedHashMap<>();
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    for (String line : page.lines().toList()) {
      Matcher meta = META.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (meta.matches()) {
        (meta.group(1).equals("HELP") ? helps : types).put(meta.group(2), meta.group(3));
      } else if (sample.matches()) {
        SortedMap<String, String> pairs = labels(sample.group(3));
        text.samples.put(key(sample.group(1), pairs), number(sample.group(4)));
        labels.computeIfAbsent(sample.group(1), _ -> new TreeSet<>()).addAll(pairs.keySet());
      } else {
        throw new AssertionError("neither a sample nor about one: " + line);
      }
    }
    for (Map.Entry<String, String> type : types.entrySet()) {
      String name = type.getKey();
      Family bare = new Family(name, type.getValue(), helps.getOrDefault(name, ""), Set.of());
      Set<String> all = new TreeSet<>();
      bare.sampleNames().forEach(part -> all.addAll(labels.getOrDefault(part, Set.of())));
      all.remove("le");
      text.families.put(name, new Family(name, bare.type(), bare.help(), all));
    }
    return text;
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  private static SortedMap<String, String> labels(@Nullable String inBraces) {
    SortedMap<String, String> labels = new TreeMap<>();
    if (inBraces != null) {
      Matcher label = LABEL.matcher(inBraces);
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return labels;
  }

  private static String key(String name, SortedMap<String, String> labels) {
    return labels.isEmpty()
        ? name
        : labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + label.getValue() + '"')
            .collect(Collectors.joining(",", name + "{", "}"));
  }

  /** All metrics by name. */
  public Map<String, Family> families() {
    return families;
  }

  /** The names of all metrics. */
  public Set<String> names() {
    return families.keySet();
  }

  /** The names that samples of these metrics may have. */
  public Set<String> sampleNames() {
    return families.values().stream()
        .flatMap(family -> family.sampleNames().stream())
        .collect(Collectors.toSet());
  }

  /** All values by name and labels, these sorted. */
  public Map<String, Double> samples() {
    return samples;
  }

  /** One value by name and labels, in any order of these; fails if there is none. */
  public double value(String sample) {
    Matcher asked = SAMPLE.matcher(sample + " 0");
    Double value =
        asked.matches() ? samples.get(key(asked.group(1), labels(asked.group(3)))) : null;
    if (value == null) {
      throw new AssertionError("no " + sample + " among " + samples.keySet());
    }
    return value;
  }
}
