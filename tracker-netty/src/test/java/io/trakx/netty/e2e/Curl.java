package io.trakx.netty.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Asks a server in a {@link Network} with curl on one of its hosts. */
final class Curl {
  private static final List<String> COMMAND =
      List.of("curl", "--silent", "--show-error", "--fail", "--globoff", "--noproxy", "*");

  /** Less than a command may take. */
  private static final int PATIENCE_SECONDS = 5;

  private Curl() {}

  /**
   * What {@code url} is answered, a byte a character.
   *
   * @param options further ones
   * @throws IllegalStateException if it is not answered with a success
   */
  static String get(Network.Host host, String url, String... options) {
    try {
      return Commands.run(host.command(command(url, options)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same, or nothing while the server does not answer with a success, or not soon: one that
   * starts may have its port open before anybody reads from it.
   */
  static String tryGet(Network.Host host, String url, String... options) {
    try {
      List<String> command = command(url, options);
      command.addAll(List.of("--max-time", Integer.toString(PATIENCE_SECONDS)));
      Commands.Result result = Commands.tryRun(host.command(command));
      return result.exitCode() == 0 ? result.output() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(String url, String... options) {
    List<String> command = new ArrayList<>(COMMAND);
    command.addAll(List.of(options));
    command.add(url);
    return command;
  }
}
