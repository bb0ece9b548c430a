package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trakx.netty.config.ConfigLoader;
import io.trakx.netty.config.ConfigSources;
import io.trakx.netty.config.TrakxConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of the files for Docker without one. */
class ContainerFilesTest {
  private static final Path DOCKER = Path.of("src/dist/docker");

  @TempDir Path directory;

  private static JsonNode compose() throws IOException {
    return new YAMLMapper().readTree(DOCKER.resolve("compose.yaml").toFile());
  }

  private static List<String> dockerfile() throws IOException {
    String joined = Files.readString(DOCKER.resolve("Dockerfile")).replace("\\\n", " ");
    return joined.lines().filter(line -> !line.startsWith("#")).map(String::strip).toList();
  }

  private static String argumentOf(String instruction) throws IOException {
    return dockerfile().stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void composeSetsWhatTheProgramUnderstands() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "secret\n");
    Map<String, String> environment = new HashMap<>();
    compose()
        .at("/services/trakx/environment")
        .properties()
        .forEach(variable -> environment.put(variable.getKey(), variable.getValue().asText()));
    // The file is where the engine puts it.
    assertThat(environment)
        .containsEntry("TRAKX_DATABASE_PASSWORD_FILE", "/run/secrets/database")
        .hasSize(3);
    environment.put("TRAKX_DATABASE_PASSWORD_FILE", password.toString());

    TrakxConfig config =
        ConfigLoader.load(new ConfigSources(Optional.empty(), environment, List.of())).config();

    assertThat(config.database()).isPresent();
  }

  @Test
  void composeNamesOnlyWhatItDefines() throws Exception {
    JsonNode compose = compose();
    List<String> names = new ArrayList<>();
    for (String service : List.of("trakx", "mysql")) {
      JsonNode definition = compose.at("/services/" + service);
      definition.at("/secrets").forEach(secret -> names.add("/secrets/" + secret.asText()));
      definition
          .at("/volumes")
          .forEach(volume -> names.add("/volumes/" + volume.asText().split(":", 2)[0]));
      definition.at("/depends_on").forEach(other -> names.add("/services/" + other.asText()));
    }

    assertThat(names).hasSize(5);
    assertThat(names).allSatisfy(name -> assertThat(compose.at(name).isMissingNode()).isFalse());
    assertThat(
            DOCKER.resolve("..").resolve(compose.at("/services/trakx/build/dockerfile").asText()))
        .exists();
    assertThat(compose.at("/services/trakx/volumes/0").asText())
        .endsWith(":" + argumentOf("VOLUME"));
  }

  @Test
  void healthCheckAsksForReadiness() throws Exception {
    String[] check =
        new JsonMapper()
            .readValue(argumentOf("HEALTHCHECK").replaceFirst(".*CMD ", ""), String[].class);

    assertThat(exitCode(check, "200 OK")).isZero();
    assertThat(exitCode(check, "503 Service Unavailable")).isNotZero();
  }

  /** Runs the check against a server that answers so, at another port than in the image. */
  private static int exitCode(String[] check, String status) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> command = new ArrayList<>();
      for (String word : check) {
        command.add(word.replace("127.0.0.1/1338", "127.0.0.1/" + server.getLocalPort()));
      }
      assertThat(command).isNotEqualTo(List.of(check));
      Process process = new ProcessBuilder(command).inheritIO().start();
      try (Socket asked = server.accept()) {
        byte[] request = asked.getInputStream().readNBytes("GET /readyz HTTP/1.0\r\n\r\n".length());
        assertThat(new String(request, ISO_8859_1)).isEqualTo("GET /readyz HTTP/1.0\r\n\r\n");
        asked.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(ISO_8859_1));
      }
      return process.waitFor();
    }
  }
}
