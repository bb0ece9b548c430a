package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Debian's Netdata on a host of a {@link Network}, with all its files in a directory of its own. Of
 * its collectors only go_expvar runs.
 */
final class NetdataProcess implements AutoCloseable {
  /** Where Debian puts the collector that this is about. */
  static final Path COLLECTOR = Path.of("/usr/lib/netdata/python.d/go_expvar.chart.py");

  /** Its dashboard's, in a network where nobody else has it. */
  private static final String API = "http://127.0.0.1:19999/api/v1/";

  private static final Pattern FIRST_LOOK =
      Pattern.compile("go_expvar\\[\\w+] : check (success|failed)");

  private static final String PYTHON_PLUGIN =
      """
      default_run: no
      go_expvar: yes
      """;

  private static final String CONFIGURATION =
      """
      [global]
          run as user = root
          process scheduling policy = keep
      [directories]
          config = DIRECTORY/etc
          cache = DIRECTORY/cache
          lib = DIRECTORY/lib
          log = DIRECTORY/log
          lock = DIRECTORY/lock
      [db]
          mode = ram
      [web]
          bind to = 127.0.0.1:19999
      [ml]
          enabled = no
      [health]
          script to execute on alarm = /bin/true
      [plugins]
          enable running new plugins = no
          python.d = yes
          cgroups = no
          diskspace = no
          idlejitter = no
          netdata monitoring = no
          netdata monitoring extended = no
          proc = no
          statsd = no
          tc = no
          timex = no
      """;

  private final Network.Host host;
  private final ClientProcess process;
  private final Path logs;

  private NetdataProcess(Network.Host host, ClientProcess process, Path logs) {
    this.host = host;
    this.process = process;
    this.logs = logs;
  }

  /**
   * Starts it.
   *
   * @param directory empty, for its files
   * @param files what is put into its configuration directory, by name there
   */
  static NetdataProcess start(Path directory, Network.Host host, Map<String, Path> files)
      throws IOException {
    for (String name : List.of("etc/python.d", "etc/health.d", "cache", "lib", "log", "lock")) {
      Files.createDirectories(directory.resolve(name));
    }
    Path etc = directory.resolve("etc");
    Files.writeString(etc.resolve("python.d.conf"), PYTHON_PLUGIN);
    Files.createFile(etc.resolve(".opt-out-from-anonymous-statistics"));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Files.copy(file.getValue(), etc.resolve(file.getKey()));
    }
    Path configuration =
        Files.writeString(
            directory.resolve("netdata.conf"),
            CONFIGURATION.replace("DIRECTORY", directory.toString()));
    List<String> command = List.of("netdata", "-D", "-c", configuration.toString());
    return new NetdataProcess(
        host,
        ClientProcess.start("netdata", directory, Map.of(), host.command(command)),
        directory.resolve("log"));
  }

  /** The latest value of each dimension of each chart, named {@code chart.dimension}. */
  Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> chart : get("allmetrics?format=json").properties()) {
      for (Map.Entry<String, JsonNode> dimension :
          chart.getValue().path("dimensions").properties()) {
        values.put(
            chart.getKey() + "." + dimension.getKey(),
            dimension.getValue().path("value").asDouble());
      }
    }
    return values;
  }

  /** The state of each alarm, by its name. */
  Map<String, String> alarms() {
    Map<String, String> alarms = new TreeMap<>();
    for (JsonNode alarm : get("alarms?all").path("alarms")) {
      alarms.put(alarm.path("name").asText(), alarm.path("status").asText());
    }
    return alarms;
  }

  /** What its API answers; nothing as long as it does not. */
  private JsonNode get(String path) {
    String answer = Curl.tryGet(host, API + path);
    try {
      return new JsonMapper().readTree(answer);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + answer, e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  /** How its collector's first look at the tracker went, once it has had one. */
  Optional<Boolean> firstLook() {
    Matcher look = FIRST_LOOK.matcher(log());
    return look.find() ? Optional.of(look.group(1).equals("success")) : Optional.empty();
  }

  /** What it printed, and what it wrote into its logs. */
  @Override
  public String toString() {
    return process + log();
  }

  private String log() {
    try (Stream<Path> files = Files.list(logs)) {
      return files.sorted().map(NetdataProcess::read).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path log) {
    try {
      return "----- " + log.getFileName() + "\n" + Files.readString(log, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
