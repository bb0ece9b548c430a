package io.trakx.netty.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.swarm.StoreLimits;
import io.trakx.netty.logging.LogLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  @TempDir Path directory;
  private ConfigFixture config = new ConfigFixture(Path.of(""));

  @BeforeEach
  void useDirectory() {
    config = new ConfigFixture(directory);
  }

  @Test
  void environmentBeatsFileAndSetBeatsEnvironment() throws ConfigException {
    String yaml =
        """
        peers:
          timeout: 50m
          sweep_interval: 50s
        log:
          level: debug
        """;
    LoadedConfig loaded =
        config.load(
            yaml,
            Map.of("TRAKX_PEERS_TIMEOUT", "60m", "TRAKX_LOG_LEVEL", "warn"),
            "log.level=trace",
            "log.level=error");

    assertThat(loaded.get(Settings.PEERS_SWEEP_INTERVAL)).isEqualTo(Duration.ofSeconds(50));
    assertThat(loaded.get(Settings.PEERS_TIMEOUT)).isEqualTo(Duration.ofMinutes(60));
    assertThat(loaded.get(Settings.LOG_LEVEL)).isEqualTo(LogLevel.ERROR);
  }

  @Test
  void listsComeAsYamlListsOrBetweenCommas() throws ConfigException {
    List<Path> expected = List.of(Path.of("a.txt"), Path.of("b c.txt"));

    assertThat(
            config
                .yaml("access:\n  denylist:\n    - a.txt\n    - b c.txt\n")
                .get(Settings.ACCESS_DENYLIST))
        .isEqualTo(expected);
    assertThat(config.yaml("access: {denylist: 'a.txt, b c.txt'}").get(Settings.ACCESS_DENYLIST))
        .isEqualTo(expected);
    assertThat(
            ConfigFixture.environment(Map.of("TRAKX_ACCESS_DENYLIST", "a.txt,b c.txt"))
                .get(Settings.ACCESS_DENYLIST))
        .isEqualTo(expected);
    assertThat(ConfigFixture.sets("access.denylist=").get(Settings.ACCESS_DENYLIST)).isEmpty();
  }

  @Test
  void everyUnitIsUnderstood() throws ConfigException {
    assertThat(ConfigFixture.sets("http.idle_timeout=250ms").get(Settings.HTTP_IDLE_TIMEOUT))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(ConfigFixture.sets("scrape.min_interval=1d").get(Settings.SCRAPE_MIN_INTERVAL))
        .isEqualTo(Duration.ofDays(1));
    assertThat(ConfigFixture.sets("log.file_max_size=1GiB").get(Settings.LOG_FILE_MAX_SIZE))
        .isEqualTo(1L << 30);
    assertThat(ConfigFixture.sets("log.file_max_size=65536B").get(Settings.LOG_FILE_MAX_SIZE))
        .isEqualTo(65_536);
  }

  @Test
  void emptyFileAndEmptySectionsLeaveTheDefaults() throws ConfigException {
    assertThat(config.yaml("").toYaml()).isEqualTo(ConfigFixture.sets().toYaml());
    assertThat(config.yaml("# nothing\n").toYaml()).isEqualTo(ConfigFixture.sets().toYaml());
    assertThat(config.yaml("http:\nlog:\n").toYaml()).isEqualTo(ConfigFixture.sets().toYaml());
  }

  @Test
  void scalarsMeanWhatTheySay() throws ConfigException {
    // YAML 1.1 would take these for a number to base 60, a truth and a float.
    assertThat(config.yaml("data: {directory: 10:30}").get(Settings.DATA_DIRECTORY))
        .isEqualTo(Path.of("10:30"));
    assertThat(config.yaml("data: {directory: no}").get(Settings.DATA_DIRECTORY))
        .isEqualTo(Path.of("no"));
    assertThat(config.yaml("data: {directory: 1e3}").get(Settings.DATA_DIRECTORY))
        .isEqualTo(Path.of("1e3"));
  }

  @Test
  void limitsLeftToTheTrackerFollowFromTheHeap() throws ConfigException {
    LimitOptions limits = ConfigFixture.sets().config().limits();

    StoreLimits forGibibyte = limits.forHeap(1L << 30);

    assertThat(forGibibyte.peers()).isEqualTo((1L << 29) / 64);
    assertThat(forGibibyte.swarms()).isEqualTo((1L << 28) / 320);
    assertThat(ConfigFixture.sets("limits.peers=5", "limits.swarms=3").config().limits().forHeap(1))
        .isEqualTo(new StoreLimits(5, 3, 1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "none",
        "jdbc:mysql://localhost/trakx",
        "jdbc:mysql://db1.example.org:3306,db2.example.org/trakx?sslMode=VERIFY_CA",
        "jdbc:mariadb://[::1]:3307/trakx",
        "jdbc:mysql://address=(host=localhost)(port=3306)/trakx",
      })
  void urlOfADatabaseIsTakenAsItIs(String url) throws ConfigException {
    LoadedConfig loaded = ConfigFixture.sets("database.url=" + url);

    assertThat(loaded.get(DatabaseSettings.URL)).isEqualTo(url);
    assertThat(loaded.config().database().isEmpty()).isEqualTo(url.equals("none"));
  }

  @Test
  void passwordComesFromItsSettingOrItsFileAndNeverShows() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "hunter 2\n");

    LoadedConfig byFile = ConfigFixture.sets("database.password_file=" + file);
    LoadedConfig bySetting = ConfigFixture.sets("database.password=hunter 2");

    assertThat(byFile.config().database().orElseThrow().password().read()).isEqualTo("hunter 2");
    assertThat(bySetting.config().database().orElseThrow().password().read()).isEqualTo("hunter 2");
    assertThat(byFile.toYaml()).contains(file.toString()).doesNotContain("hunter");
    assertThat(bySetting.toYaml()).doesNotContain("hunter");
    assertThat(bySetting.config().toString()).doesNotContain("hunter");
  }

  @Test
  void everyDeclaredSettingIsInTheList() {
    long declared =
        Stream.of(Settings.class, HttpsSettings.class, LimitSettings.class, DatabaseSettings.class)
            .flatMap(settings -> Arrays.stream(settings.getDeclaredFields()))
            .filter(field -> field.getType() == Setting.class)
            .count();

    assertThat(Settings.ALL).hasSize((int) declared).doesNotHaveDuplicates();
    assertThat(Settings.BY_KEY).hasSize((int) declared);
    assertThat(Settings.BY_VARIABLE).hasSize((int) declared);
  }

  @Test
  void variablesAreNamedAfterTheKeys() {
    assertThat(Settings.BY_VARIABLE.keySet())
        .contains("TRAKX_HTTP_LISTEN", "TRAKX_ANNOUNCE_NUMWANT_MAX", "TRAKX_DATABASE_URL");
  }
}
