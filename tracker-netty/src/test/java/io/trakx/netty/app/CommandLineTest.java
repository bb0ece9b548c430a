package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Optional<Path> home = Optional.empty();

  private record Result(int exitCode, String out, String err) {}

  private Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Program program =
        new Program(
            List.of(arguments), environment, home, new PrintWriter(out), new PrintWriter(err));
    int exitCode = TrakxCommand.commandLine(program).execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void helpNamesCommandsOptionsAndExitCodes() {
    Result result = run("--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(
            "serve", "config", "check", "cache", "--config=FILE", "--set=KEY=VALUE", "Exit codes");
    assertThat(run("check", "--help").out()).contains("trakx check", "--no-ports");
  }

  @Test
  void versionIsOneLine() {
    assertThat(run("--version")).isEqualTo(new Result(0, "trakx " + Program.version() + "\n", ""));
  }

  @Test
  void commandLineThatIsNotUnderstoodIsExitTwo() {
    assertThat(run("--frobnicate").exitCode()).isEqualTo(2);
    assertThat(run("frobnicate").exitCode()).isEqualTo(2);
    assertThat(run("config", "--set").exitCode()).isEqualTo(2);
    assertThat(run("frobnicate").err()).contains("frobnicate");
  }

  @Test
  void commandLineThatIsNotUnderstoodIsOneLine() {
    for (Result result :
        List.of(
            run("ban"), run("ban", "add"), run("ban", "add", "1234"), run("ban", "list", "x"))) {
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .startsWith("trakx: ")
          .contains("; see 'trakx ban")
          .containsOnlyOnce("\n");
    }
    assertThat(run("ban", "add", "1234").err()).contains("'1234' is not 40 hexadecimal digits");
  }

  @Test
  void banNeedsADatabaseThatIsThere() {
    String hash = "0123456789abcdef0123456789ABCDEF01234567";

    Result absent = run("ban", "add", hash, "--set=data.directory=" + directory);
    Result none = run("ban", "add", hash, "--set=database.url=none");

    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.err()).startsWith("trakx: there is no database in " + directory);
    assertThat(directory).isEmptyDirectory();
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).startsWith("trakx: database.url is none").containsOnlyOnce("\n");
  }

  @Test
  void checkLooksAtADatabaseThatIsNotThereWithoutMakingIt() {
    Result result =
        run("check", "--no-ports", "--set=metrics.listen=", "--set=data.directory=" + directory);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("ok    database, embedded; the next start makes it in " + directory)
        .contains("ok    snapshot, " + directory.resolve("swarms.snapshot") + " is not there yet");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void checkTellsOfADatabaseThatDoesNotAnswer() {
    Result result =
        run(
            "check",
            "--no-ports",
            "--set=data.directory=" + directory,
            "--set=database.url=jdbc:mysql://127.0.0.1:1/trakx");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out().lines())
        .filteredOn(line -> line.startsWith("FAIL"))
        .singleElement()
        .asString()
        .contains("database, jdbc:mysql://127.0.0.1:1/trakx: ");
  }

  @Test
  void badConfigurationIsALineForEachErrorAndExitOne() {
    environment.put("TRAKX_PEERS_TIMEOUT", "1s");

    for (String command : List.of("serve", "config", "check")) {
      Result result = run(command, "--set", "log.level=loud", "--set=htp.listen=x");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines())
          .hasSize(3)
          .allMatch(line -> line.startsWith("trakx: "))
          .anyMatch(line -> line.contains("log.level"))
          .anyMatch(line -> line.contains("htp.listen is not known; did you mean http.listen?"))
          .anyMatch(line -> line.contains("TRAKX_PEERS_TIMEOUT: peers.timeout \"1s\" is below 6m"));
    }
  }

  @Test
  void optionsMayStandBeforeAndBehindTheCommand() {
    assertThat(run("--set", "announce.jitter=1m", "config").out()).contains("jitter: 1m  # --set");
    assertThat(run("config", "--set", "announce.jitter=1m").out()).contains("jitter: 1m  # --set");
  }

  @Test
  void configurationFileIsFoundWhereHelpSays() throws IOException {
    String option = write("option.yaml", "log: {level: error}");
    String variable = write("variable.yaml", "log: {level: warn}");
    Files.createDirectory(directory.resolve("conf"));
    write("conf/trakx.yaml", "log: {level: debug}");

    assertThat(run("config").out()).contains("level: info\n");
    home = Optional.of(directory);
    assertThat(run("config").out()).contains("level: debug  # ");
    environment.put("TRAKX_CONFIG", variable);
    assertThat(run("config").out()).contains("level: warn  # " + variable + ":1\n");
    assertThat(run("config", "--config", option).out())
        .contains("level: error  # " + option + ":1\n");
    assertThat(run("config", "--config", "absent.yaml").err())
        .isEqualTo("trakx: absent.yaml: there is no such file\n");
  }

  @Test
  void referenceAndTableNeedNoRightConfiguration() {
    assertThat(run("config", "--reference", "--set", "x=y").out())
        .startsWith("# The configuration");
    assertThat(run("config", "--markdown").out()).startsWith("| key |");
  }

  @Test
  void checkTellsWhatItFound() throws IOException {
    String denied = write("denied.txt", "0123456789abcdef0123456789abcdef01234567 a reason\n# x\n");

    Result result =
        run(
            "check",
            "--set=http.listen=127.0.0.1:0",
            "--set=udp.listen=127.0.0.1:0",
            "--set=metrics.listen=",
            "--set=access.denylist=" + denied);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .contains(
            "ok    configuration, no file",
            "ok    access.denylist, " + denied + ": 1 torrents",
            "ok    http.listen, 127.0.0.1:0 is free",
            "ok    udp.listen, 127.0.0.1:0 is free");
  }

  @Test
  void checkTellsOfEverythingThatCannotBeHad() throws IOException {
    String bad = write("bad.txt", "0123\n");
    Path absent = directory.resolve("absent.txt");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(0, 1, loopback);
        DatagramSocket takenOfUdp = new DatagramSocket(0, loopback)) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      String udpAddress = "127.0.0.1:" + takenOfUdp.getLocalPort();

      Result result =
          run(
              "check",
              "--set=http.listen=127.0.0.1:0",
              "--set=udp.listen=" + udpAddress,
              "--set=metrics.listen=" + address,
              "--set=access.denylist=" + bad,
              "--set=access.allowlist=" + absent,
              "--set=log.file=" + bad + "/trakx.log",
              "--set=scrape.full=true",
              "--set=data.directory=" + bad);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out().lines().filter(line -> line.startsWith("FAIL")))
          .hasSize(6)
          .anyMatch(line -> line.contains("udp.listen, cannot listen on UDP " + udpAddress))
          .anyMatch(line -> line.contains(bad + ": expected 40 hexadecimal digits"))
          .anyMatch(line -> line.contains(absent + ": there is no such file"))
          .anyMatch(line -> line.contains("metrics.listen, cannot listen on " + address))
          .anyMatch(line -> line.contains("log.file, " + bad + "/trakx.log cannot be written"))
          .anyMatch(line -> line.contains("data.directory, " + bad + " cannot be written"));
      assertThat(run("check", "--no-ports", "--set=metrics.listen=" + address).exitCode()).isZero();
    }
  }
}
