package io.trakx.netty.e2e;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. What is missing skips the test with the reason, or fails it
 * where the environment has {@code CI=true}: there, a test that never runs must not look like one
 * that passes.
 */
public final class Requirements {
  private Requirements() {}

  /** Needs these programs on the PATH. */
  public static void programs(List<String> programs) {
    String missing =
        programs.stream()
            .filter(program -> !Commands.exists(program))
            .collect(Collectors.joining(", "));
    require(missing.isEmpty(), "these programs are missing: " + missing);
  }

  /** Needs the right to make a network of this family; root has it, but not in every container. */
  static void network(Network.Family family) throws IOException {
    programs(List.of("ip"));
    String reason = "";
    try (Network network = Network.create(family)) {
      network.addHost("probe");
    } catch (IllegalStateException e) {
      reason = "no network namespaces can be made (root may): " + e.getMessage();
    }
    require(reason.isEmpty(), reason);
  }

  /** Needs an address of this machine that can be listened on. */
  static void address(InetAddress address) throws IOException {
    String reason = "";
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, 0));
    } catch (BindException e) {
      reason = "nothing can listen on " + address.getHostAddress() + ": " + e.getMessage();
    }
    require(reason.isEmpty(), reason);
  }

  /** Needs that {@code met} is true, and else says {@code reason}. */
  public static void require(boolean met, String reason) {
    if (!met && "true".equals(System.getenv("CI"))) {
      Assertions.fail("CI must run this test, but " + reason);
    }
    Assumptions.assumeTrue(met, reason);
  }
}
