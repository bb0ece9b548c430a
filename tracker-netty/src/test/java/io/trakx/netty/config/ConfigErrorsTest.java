package io.trakx.netty.config;

import static io.trakx.netty.config.ConfigFixture.environmentErrors;
import static io.trakx.netty.config.ConfigFixture.setErrors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigErrorsTest {
  @TempDir Path directory;
  private ConfigFixture config = new ConfigFixture(Path.of(""));

  @BeforeEach
  void useDirectory() {
    config = new ConfigFixture(directory);
  }

  @Test
  void everythingWrongInAllSourcesIsToldAtOnce() {
    List<String> errors =
        config.errors(
            """
            announce:
              intervall: 20m
              jitter: soon
            """,
            Map.of("TRAKX_LOG_LEVEL", "loud", "TRAKX_HTTP_LISTENN", "x"),
            "peers.timeout=1h30m",
            "nonsense");

    assertThat(errors)
        .containsExactlyInAnyOrder(
            "trakx.yaml:2: announce.intervall is not known; did you mean announce.interval?",
            "trakx.yaml:3: announce.jitter \"soon\" is not a whole number with a unit; expected a"
                + " time from 0s to 1h, in s, m, h or d",
            "TRAKX_LOG_LEVEL: log.level \"loud\" is none of the choices; expected one of error,"
                + " warn, info, debug, trace",
            "environment: TRAKX_HTTP_LISTENN is not known; did you mean TRAKX_HTTP_LISTEN?",
            "--set: peers.timeout \"1h30m\" is not a whole number with a unit; expected a time from"
                + " 6m to 1d, in s, m, h or d",
            "--set: nonsense has no value; expected key=value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "announce.interval=30 | has no unit",
        "web.title= | is empty",
        "web.contact=javascript:alert(1) | is no URL of a kind that is allowed",
        "web.contact=https:/nowhere | names no host",
        "web.contact=mailto:nobody | has no mail address",
        "web.contact=https://a.example/<b> | is no URL: Illegal character in path",
        "web.announce_urls=ftp://a.example/announce | is no URL of a kind that is allowed",
        "web.largest_swarms=101 | is above 100",
        "announce.interval=30x | has a unit that is none of time",
        "announce.interval=-5m | is not a whole number with a unit",
        "announce.interval=299s | is below 5m",
        "announce.interval=10801s | is above 3h",
        "announce.interval=99999999999999999999s | is too large",
        "http.max_request=8192 | has no unit",
        "http.max_request=8kB | has a unit that is none of size",
        "http.max_request=1B | is below 512B",
        "http.max_connections=many | is not a whole number",
        "http.max_connections=0 | is below 1",
        "limits.peers=plenty | is not a whole number",
        "http.keep_alive=yes | is neither true nor false",
        "transport.type=kqueue | is none of the choices",
        "access.denylist=a,,b | has nothing between two commas",
        "http.listen=1337 | has no port",
        "udp.listen=1337 | has no port",
        "udp.connection_id_age=2m | is below 3m",
        "udp.mtu=1279B | is below 1280B",
        "http.listen=example.org:80 | has no literal IPv4 or IPv6 address",
        "http.listen=::1:80 | has an IPv6 address without brackets, or no port",
        "http.listen=127.0.0.1:65536 | has no port from 0 to 65535",
        "http.listen=127.0.0.1:80 proxy | has proxy where NAME=VALUE belongs",
        "http.listen=127.0.0.1:80 prox=::1 | has an unknown parameter, prox",
        "http.listen=127.0.0.1:80 header=X-Real-IP | names a header, but no proxy that may send it",
        "http.listen=127.0.0.1:80 proxy_protocol=true | has proxy_protocol, but no proxy that may"
            + " speak it",
        "http.listen=127.0.0.1:80 proxy=::1 proxy_protocol=on | has a proxy_protocol that is not"
            + " true or false",
        "http.listen=127.0.0.1:80 proxy=::1 proxy_protocol=true header=X | has proxy_protocol, and"
            + " a header that is not looked at then",
        "database.url=jdbc:postgresql://localhost/trakx | is no database that is known",
        "database.url=mysql://localhost/trakx | is no database that is known",
        "database.url=jdbc:mysql:///trakx | is no database that is known",
        "database.url=jdbc:mysql://localhost | does not name the database on the server",
        "database.url=jdbc:mariadb://localhost:3306/?useSSL=true | does not name the database on"
            + " the server",
        "database.password_file=absent | names a file that is not there",
        "database.password_file=/ | names a file that cannot be read",
        "database.password_file=/dev/null | names a file that has not one line",
        "data.directory=a;b | has a ; in it, which the embedded database cannot take",
        "database.connect_timeout=0s | is below 100ms",
        "snapshot.interval=-1s | is not a whole number with a unit",
        "http=1 | is a section, not a setting",
      })
  void badValueIsToldWithItsReason(String set, String reason) {
    assertThat(setErrors(set)).hasSize(1).first().asString().contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "announce.min_interval=31m | announce.min_interval \"31m\" is longer than"
            + " announce.interval",
        "peers.timeout=31m | peers.timeout \"31m\" forgets peers before they are asked to announce"
            + " again",
        "announce.numwant_default=201 | announce.numwant_default \"201\" is above"
            + " announce.numwant_max",
        "metrics.listen=127.0.0.1:1337 | has 127.0.0.1:1337, which 0.0.0.0:1337 has already taken",
        "udp.listen=0.0.0.0:1337,127.0.0.1:1337 | has 127.0.0.1:1337, which 0.0.0.0:1337 has"
            + " already taken",
        "http.listen= | http.listen \"\" is empty; expected at least one listener",
      })
  void settingsThatContradictEachOtherAreTold(String set, String message) {
    assertThat(setErrors(set)).hasSize(1).first().asString().contains(message);
  }

  @Test
  void jitterMustNotLeadPastWhatMonitorsAccept() {
    assertThat(setErrors("announce.interval=3h", "announce.jitter=1s", "peers.timeout=4h"))
        .containsExactly(
            "--set: announce.jitter \"1s\" makes intervals of more than 3h, which monitors refuse;"
                + " expected at most 3h together with announce.interval, 3h");
  }

  @Test
  void wrongValueIsNotComparedWithOthers() {
    assertThat(setErrors("announce.interval=1s", "announce.min_interval=31m")).hasSize(1);
  }

  @Test
  void samePortOfDifferentFamiliesAndFreePortsDoNotCollide() {
    assertThat(setErrors("http.listen=127.0.0.1:0,127.0.0.1:0,[::1]:1338")).isEmpty();
  }

  @Test
  void duplicateKeyIsToldWithBothLines() {
    assertThat(config.yamlErrors("log:\n  level: info\n  level: debug\n"))
        .containsExactly("trakx.yaml:3: log.level is given twice, first in line 2");
    assertThat(config.yamlErrors("log:\n  level: info\nlog:\n  file: x\n"))
        .containsExactly("trakx.yaml:3: log is given twice, first in line 1");
  }

  @Test
  void shapesThatDoNotFitAreTold() {
    assertThat(config.yamlErrors("announce:\n  interval: [1m, 2m]\n"))
        .first()
        .asString()
        .contains("trakx.yaml:2: announce.interval \"1m,2m\" is a list, but one value is wanted");
    assertThat(config.yamlErrors("announce:\n  interval:\n"))
        .first()
        .asString()
        .contains("trakx.yaml:2: announce.interval has no value");
    assertThat(config.yamlErrors("access:\n  denylist:\n    - {a: b}\n"))
        .first()
        .asString()
        .contains("trakx.yaml:3: access.denylist has an entry that is no plain text");
    assertThat(config.yamlErrors("- a\n"))
        .containsExactly("trakx.yaml:1: does not begin with a section");
    assertThat(config.yamlErrors("log: {level: info}\n---\nlog: {level: info}\n"))
        .first()
        .asString()
        .contains("has a second document");
    assertThat(config.yamlErrors("log:\n  level: &l info\n  file: *l\n"))
        .first()
        .asString()
        .contains("trakx.yaml:3: log.file is an alias");
  }

  @Test
  void fileThatIsNoYamlIsToldWithLineAndProblem() {
    assertThat(config.yamlErrors("log:\n  level: \"info\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("trakx.yaml:")
        .contains("is not YAML: found unexpected end of stream");
    assertThat(config.yamlErrors("log:\n\tlevel: info\n")).hasSize(1);
  }

  @Test
  void missingFileIsTold() {
    ConfigSources sources =
        new ConfigSources(Optional.of(directory.resolve("absent.yaml")), Map.of(), List.of());
    assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(sources)))
        .hasMessageEndingWith("absent.yaml: there is no such file");
  }

  @Test
  void variablesOfLauncherAndTestsAreLeftAlone() {
    assertThat(
            environmentErrors(
                Map.of(
                    "TRAKX_JAVA_OPTS", "-Xmx1g",
                    "TRAKX_JAVA_HOME", "/opt/java",
                    "TRAKX_CONFIG", "/etc/trakx.yaml",
                    "TRAKX_TEST_CLIENTS", "aria2",
                    "PATH", "/bin")))
        .isEmpty();
  }

  @Test
  void secretIsNeverPartOfAMessage() {
    assertThat(
            config.errors(
                "database:\n  password: [hunter2, hunter3]\n",
                Map.of(),
                "database.pasword=hunter4"))
        .hasSize(2)
        .noneMatch(error -> error.contains("hunter"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://root:hunter2@localhost/trakx",
        "jdbc:mariadb://hunter2@localhost/trakx",
        "jdbc:mysql://localhost/trakx?user=root&password=hunter2",
        "jdbc:mysql://localhost/trakx?PASSWORD1=hunter2",
        "jdbc:mysql://localhost/trakx?p%61ssword=hunter2",
        "jdbc:mysql://(host=localhost,password = hunter2)/trakx",
        "jdbc:mysql://address=(host=localhost)(password=hunter2)/trakx",
        "jdbc:postgresql://root:hunter2@localhost/trakx",
      })
  void loginInTheUrlIsRefusedWithoutShowingIt(String url) {
    assertThat(setErrors("database.url=" + url))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("--set: database.url has a user or a password in it")
        .doesNotContain("hunter");
  }

  @Test
  void passwordIsSaidOnce() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "hunter2\n");

    assertThat(
            config.errors(
                "", Map.of(), "database.password=hunter3", "database.password_file=" + file))
        .containsExactly(
            "--set: database.password_file \"password\" is set beside database.password; expected"
                + " one of the two");
  }

  @Test
  void messageIsOneLineWhateverTheValueHolds() {
    assertThat(setErrors("log.level=in\nfo\u001b[31m"))
        .containsExactly(
            "--set: log.level \"in\\u000afo\\u001b[31m\" is none of the choices; expected one of"
                + " error, warn, info, debug, trace");
  }
}
