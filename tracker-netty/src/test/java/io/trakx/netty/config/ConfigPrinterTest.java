package io.trakx.netty.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPrinterTest {
  @TempDir Path directory;
  private ConfigFixture config = new ConfigFixture(Path.of(""));

  @BeforeEach
  void useDirectory() {
    config = new ConfigFixture(directory);
  }

  @Test
  void referenceLoadsBackToTheDefaults() throws ConfigException {
    LoadedConfig loaded = config.yaml(ConfigPrinter.reference());

    assertThat(loaded.entries())
        .allSatisfy(entry -> assertThat(entry.raw().origin()).startsWith(config.file() + ":"));
    assertThat(loaded.differences(ConfigFixture.sets())).isEmpty();
  }

  @Test
  void effectiveConfigurationLoadsBackToItself() throws ConfigException {
    LoadedConfig loaded =
        ConfigFixture.sets(
            "http.listen=127.0.0.1:0 proxy=10.0.0.0/8 proxy=fd00::/8 header=X-Real-IP,[::1]:0",
            "data.directory=C:\\odd \"dir\": #1",
            "log.file=null",
            "access.denylist=a,b");

    assertThat(config.yaml(loaded.toYaml()).differences(loaded)).isEmpty();
  }

  @Test
  void effectiveConfigurationNamesTheSourceOfWhatIsNoDefault() throws ConfigException {
    String yaml =
        config
            .load(
                "log:\n  level: debug\n",
                Map.of("TRAKX_PEERS_TIMEOUT", "50m"),
                "announce.jitter=1m")
            .toYaml();

    assertThat(yaml)
        .contains("  level: debug  # " + config.file() + ":2\n")
        .contains("  timeout: 50m  # TRAKX_PEERS_TIMEOUT\n")
        .contains("  jitter: 1m  # --set\n")
        .contains("  interval: 30m\n");
  }

  @Test
  void passwordIsPrintedAsStars() throws ConfigException {
    assertThat(ConfigFixture.sets("database.password=hunter2").toYaml())
        .contains("password: \"***\"  # --set")
        .doesNotContain("hunter2");
  }

  @Test
  void exampleFileOfTheDistributionIsTheReference() throws IOException {
    assertThat(Path.of("src/dist/conf/trakx.yaml"))
        .as("write it anew with: trakx config --reference")
        .content(UTF_8)
        .isEqualTo(ConfigPrinter.reference());
  }

  @Test
  void tableInTheReadmeIsTheCodes() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));

    assertThat(readme)
        .as("put the output of 'trakx config --markdown' between the markers")
        .contains(
            "<!-- config:begin -->\n" + ConfigPrinter.markdownTable() + "<!-- config:end -->");
  }
}
