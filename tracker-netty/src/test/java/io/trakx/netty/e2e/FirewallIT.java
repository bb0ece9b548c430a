package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.Network.Family;
import io.trakx.netty.e2e.Network.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The distribution's firewall rules, in force on a host of a network of its own. */
@Tag("slow")
class FirewallIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * Connects as often as the second argument says, tells how many connections stand, and keeps
   * them.
   */
  private static final String CONNECT =
      """
      import socket, sys
      kept = []
      for _ in range(int(sys.argv[3])):
          try:
              kept.append(socket.create_connection((sys.argv[1], int(sys.argv[2])), 5))
          except ConnectionRefusedError:
              pass
      print(len(kept), flush=True)
      sys.stdin.read()
      """;

  /** Begins so many connections at once, and waits for none. */
  private static final String KNOCK =
      """
      import socket, sys
      address = socket.getaddrinfo(sys.argv[1], int(sys.argv[2]), type=socket.SOCK_STREAM)[0]
      for _ in range(int(sys.argv[3])):
          s = socket.socket(address[0], socket.SOCK_STREAM)
          s.setblocking(False)
          s.connect_ex(address[4])
          s.close()
      """;

  /** Asks for a connection id over UDP. */
  private static final String ASK_UDP =
      """
      import socket, sys
      address = socket.getaddrinfo(sys.argv[1], int(sys.argv[2]), type=socket.SOCK_DGRAM)[0]
      s = socket.socket(address[0], socket.SOCK_DGRAM)
      s.settimeout(5)
      s.sendto(bytes.fromhex('000004172710198000000000' + '0000002a'), address[4])
      print(s.recv(100).hex())
      """;

  private static final int MOST_CONNECTIONS = 512;

  /** More than the burst that a client may begin at once, and what it may each second. */
  private static final int KNOCKS = 5000;

  @TempDir Path directory;

  private static String python(Host host, String script, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", script));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Commands.Result result = Commands.tryRun(host.command(command), (int) LIMIT.toSeconds());
    assertThat(result.exitCode()).as("%s", result).isZero();
    return result.output().strip();
  }

  private ClientProcess connect(Host from, Host to, int port, int times) throws IOException {
    List<String> command =
        from.command(
            List.of(
                "/usr/bin/python3",
                "-c",
                CONNECT,
                to.address().getHostAddress(),
                Integer.toString(port),
                Integer.toString(times)));
    ClientProcess process = ClientProcess.start(from.namespace(), directory, Map.of(), command);
    Await.until("connections", LIMIT, process::output, output -> output.endsWith("\n"));
    return process;
  }

  private static String nft(Host host, String... arguments) {
    List<String> command = new ArrayList<>(List.of("nft"));
    command.addAll(List.of(arguments));
    try {
      return Commands.run(host.command(command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The packets that the rule with this text counted. */
  private static long counted(String chain, String rule) {
    Matcher packets =
        Pattern.compile(Pattern.quote(rule) + ".*counter packets (\\d+)").matcher(chain);
    assertThat(packets.find()).as("%s in %s", rule, chain).isTrue();
    return Long.parseLong(packets.group(1));
  }

  /**
   * The rules as the distribution has them, with the network that may read the metrics set, and a
   * port of HTTPS.
   */
  private Path rules(Host monitor) throws IOException {
    Path shipped = TrakxProcess.launcher().resolveSibling("../firewall/trakx.nft");
    String text = monitor.address().getHostAddress();
    boolean ipv6 = monitor.address() instanceof Inet6Address;
    String changed =
        Files.readString(shipped)
            .replace(
                ipv6 ? "monitors_v6 = { ::1 }" : "monitors_v4 = { 127.0.0.0/8 }",
                (ipv6 ? "monitors_v6 = { " : "monitors_v4 = { ") + text + " }");
    String withHttps = changed.replace("trakx_web = { 1337 }", "trakx_web = { 1337, 1443 }");
    assertThat(withHttps).contains("{ " + text + " }", "{ 1337, 1443 }");
    return Files.writeString(directory.resolve("trakx.nft"), withHttps);
  }

  @ParameterizedTest
  @EnumSource
  void openIsThePublicPortToAllAndTheMetricsToMonitorsOnly(Family family) throws Exception {
    Requirements.programs(List.of("nft", "curl", "python3", "openssl"));
    Requirements.network(family);
    ProxyCertificate certificate = ProxyCertificate.make(directory);
    try (Network network = Network.create(family)) {
      Host server = network.addHost("server");
      Host client = network.addHost("client");
      Host monitor = network.addHost("monitor");
      try (TrakxProcess tracker =
          TrakxProcess.start(
              directory,
              server::command,
              List.of(server.authority(1337)),
              "metrics.listen=" + server.authority(1338),
              "https.listen=" + server.authority(1443),
              "https.certificate=" + certificate.chain(),
              "https.private_key=" + certificate.key())) {
        nft(server, "-f", rules(monitor).toString());
        // A second time: what was there is replaced, not doubled.
        nft(server, "-f", rules(monitor).toString());
        nft(
            server,
            "add table inet probe; add chain inet probe c"
                + " { type filter hook input priority 10; };"
                + " add rule inet probe c udp dport 1337 ct state untracked counter;"
                + " add rule inet probe c udp dport 1337 ct state != untracked counter");
        String address = server.address().getHostAddress();

        assertThat(
                Curl.get(
                    client,
                    "http://" + server.authority(1337) + "/scrape?info_hash=" + "a".repeat(20)))
            .startsWith("d5:files");
        assertThat(python(client, ASK_UDP, address, 1337)).startsWith("000000000000002a");
        String probe = nft(server, "list", "chain", "inet", "probe", "c");
        assertThat(counted(probe, "ct state untracked")).isEqualTo(1);
        assertThat(counted(probe, "ct state != untracked")).isZero();

        String metrics = "http://" + server.authority(1338) + "/healthz";
        Curl.get(monitor, metrics);
        Curl.get(server, metrics);
        try (ClientProcess curl =
            ClientProcess.start(
                "curl",
                directory,
                Map.of(),
                client.command(List.of("curl", "--silent", metrics)))) {
          String rule = family == Family.IPV6 ? "ip6 saddr !=" : "ip saddr !=";
          Await.until(
              "dropped packet",
              LIMIT,
              () -> counted(nft(server, "list", "chain", "inet", "trakx", "input"), rule),
              packets -> packets > 0);
          assertThat(curl.isAlive()).isTrue();
          assertThat(curl.output()).isEmpty();
        }

        try (ClientProcess many = connect(client, server, 1337, MOST_CONNECTIONS / 2);
            ClientProcess more = connect(client, server, 1443, MOST_CONNECTIONS / 2 + 20);
            ClientProcess others = connect(monitor, server, 1337, 10)) {
          // Over HTTP and HTTPS together.
          assertThat(many.output().strip()).isEqualTo(Integer.toString(MOST_CONNECTIONS / 2));
          assertThat(more.output().strip()).isEqualTo(Integer.toString(MOST_CONNECTIONS / 2));
          // Addresses of one IPv6 network of 64 bits are one customer's; of IPv4 each has its own
          // share.
          assertThat(others.output().strip()).isEqualTo(family == Family.IPV6 ? "0" : "10");
        }
        String version = family == Family.IPV6 ? "v6" : "v4";
        String chain = nft(server, "list", "chain", "inet", "trakx", "new_connection");
        assertThat(counted(chain, "add @connections_" + version)).isGreaterThanOrEqualTo(20);
        assertThat(counted(chain, "update @rate_" + version)).isZero();
        for (int port : List.of(1337, 1443)) {
          long before = counted(chain, "update @rate_" + version);
          python(client, KNOCK, address, port, KNOCKS);
          chain = nft(server, "list", "chain", "inet", "trakx", "new_connection");
          assertThat(counted(chain, "update @rate_" + version)).isGreaterThan(before);
        }
        assertThat(tracker.log()).contains(" serves on ");
      }
    }
  }

  @Test
  void ufwKnowsTheProfile() throws Exception {
    Requirements.programs(List.of("ufw"));
    Path profiles = Path.of("/etc/ufw/applications.d");
    Requirements.require(Files.isWritable(profiles), "ufw's profiles are not for us to write");
    Path profile = profiles.resolve("trakx-e2e");
    String shipped =
        Files.readString(TrakxProcess.launcher().resolveSibling("../firewall/ufw-trakx"));
    Files.writeString(profile, shipped.replace("[Trakx", "[Trakx-e2e"));
    try {
      assertThat(Commands.run(List.of("ufw", "app", "info", "Trakx-e2e")))
          .containsPattern("Port:\\s+1337\\s");
      assertThat(Commands.run(List.of("ufw", "app", "info", "Trakx-e2e HTTPS")))
          .containsPattern("Port:\\s+1443/tcp\\s");
    } finally {
      Files.delete(profile);
    }
  }
}
