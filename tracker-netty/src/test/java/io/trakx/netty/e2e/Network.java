package io.trakx.netty.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network apart from the machine's: a switch and the hosts at it, each a network namespace with
 * one address. The hosts reach each other and nothing else.
 *
 * <pre>
 *   host .1 --- port1 |        |
 *   host .2 --- port2 | bridge |   the bridge in a namespace, too
 *   host .3 --- port3 |        |
 * </pre>
 *
 * <p>Making one needs root. Namespaces are named {@code trakx-e2e-PID-RANDOM-ROLE}; those of JVMs
 * that are gone are removed when the next network is made. Not thread-safe.
 */
final class Network implements AutoCloseable {
  /** The protocol a network speaks; it has no addresses of the other one. */
  enum Family {
    IPV4("10.77.0.", "/24"),
    IPV6("fd77::", "/64");

    private final String prefix;
    private final String length;

    Family(String prefix, String length) {
      this.prefix = prefix;
      this.length = length;
    }
  }

  /** A machine in the network, as far as programs can tell. */
  record Host(String namespace, InetAddress address) {
    /** The command that runs {@code command} on this host, in the same process. */
    List<String> command(List<String> command) {
      List<String> there = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
      there.addAll(command);
      return there;
    }

    /** Address and port as they stand in a URL. */
    String authority(int port) {
      String text = address.getHostAddress();
      return (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + port;
    }
  }

  private static final String PREFIX = "trakx-e2e-";
  private static final Duration LINK_LIMIT = Duration.ofSeconds(30);

  private final Family family;
  private final String name;
  private final List<String> namespaces = new ArrayList<>();
  private final String hub;

  private Network(Family family) throws IOException {
    this.family = family;
    this.name =
        "%s%d-%s-"
            .formatted(
                PREFIX,
                ProcessHandle.current().pid(),
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
    this.hub = addNamespace("hub");
  }

  /**
   * Makes a network without hosts.
   *
   * @throws IllegalStateException if this machine does not allow it
   */
  static Network create(Family family) throws IOException {
    removeLeftovers();
    Network network = new Network(family);
    try {
      // A bridge that snoops on multicast may hold back the neighbour discovery of IPv6.
      network.in(network.hub, "link add bridge type bridge mcast_snooping 0");
      network.in(network.hub, "link set bridge up");
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
    return network;
  }

  /** Adds a host, with the next free address. */
  Host addHost(String role) throws IOException {
    int number = namespaces.size();
    String port = "port" + number;
    String address = family.prefix + number;
    String namespace = addNamespace(role);
    in(namespace, "link set lo up");
    // Without another IPv4 address than 127.0.0.1, Transmission doesn't bind its remote control.
    in(namespace, "address add 127.0.0.2/8 dev lo");
    in(namespace, "link add eth0 type veth peer name " + port + " netns " + hub);
    in(hub, "link set " + port + " master bridge up");
    // No duplicate address detection: the address is of use at once.
    String nodad = family == Family.IPV6 ? " nodad" : "";
    in(namespace, "address add " + address + family.length + " dev eth0" + nodad);
    in(namespace, "link set eth0 up");
    awaitLink(hub, port, "state forwarding");
    awaitLink(namespace, "eth0", "state UP");
    return new Host(namespace, InetAddress.ofLiteral(address));
  }

  /**
   * The kernel takes up to a second, or more when many links change, to use one that is up: what is
   * sent until then is lost, and a client that has lost its first announce may wait for minutes.
   */
  private static void awaitLink(String namespace, String link, String state) {
    Await.until(
        state + " of " + link,
        LINK_LIMIT,
        () -> describe(namespace, link),
        details -> details.contains(state));
  }

  private static String describe(String namespace, String link) {
    try {
      return Commands.run(
          List.of("ip", "-netns", namespace, "-details", "link", "show", "dev", link));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes all namespaces. Their interfaces go with them as soon as no process uses them. */
  @Override
  public void close() throws IOException {
    for (String namespace : namespaces.reversed()) {
      Commands.run(List.of("ip", "netns", "delete", namespace));
    }
    namespaces.clear();
  }

  private String addNamespace(String role) throws IOException {
    String namespace = name + role;
    Commands.run(List.of("ip", "netns", "add", namespace));
    namespaces.add(namespace);
    return namespace;
  }

  private void in(String namespace, String command) throws IOException {
    List<String> words = new ArrayList<>(List.of("ip", "-netns", namespace));
    words.addAll(List.of(command.split(" ")));
    Commands.run(words);
  }

  private static void removeLeftovers() throws IOException {
    // Lines are "NAME" or "NAME (id: NUMBER)".
    for (String line : Commands.run(List.of("ip", "netns", "list")).lines().toList()) {
      String namespace = line.split(" ", 2)[0];
      if (namespace.startsWith(PREFIX)) {
        long pid = Long.parseLong(namespace.substring(PREFIX.length()).split("-", 2)[0]);
        if (ProcessHandle.of(pid).isEmpty()) {
          // Another test may be faster.
          Commands.tryRun(List.of("ip", "netns", "delete", namespace));
        }
      }
    }
  }
}
