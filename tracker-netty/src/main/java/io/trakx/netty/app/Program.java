package io.trakx.netty.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the program was started with.
 *
 * @param arguments of the command line
 * @param environment its variables
 * @param home the directory of the distribution, if run from one
 * @param out where results go
 * @param err where complaints go
 */
record Program(
    List<String> arguments,
    Map<String, String> environment,
    Optional<Path> home,
    PrintWriter out,
    PrintWriter err) {

  /** Everything went well, or was ended on request. */
  static final int OK = 0;

  /** Something could not be done. */
  static final int FAILED = 1;

  /** This release, as the archive says; without an archive there is none. */
  static String version() {
    return Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  /** Tells the operator what is wrong, one line for each line of {@code message}. */
  void complain(String message) {
    message.lines().forEach(line -> err.println("trakx: " + line));
    err.flush();
  }
}
