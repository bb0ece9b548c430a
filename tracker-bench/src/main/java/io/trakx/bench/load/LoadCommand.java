package io.trakx.bench.load;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the load generator; exits with 0 fine, 1 failed, 2 wrong usage. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = "Loads a BitTorrent tracker on this machine and measures it.",
    subcommands = {
      RunCommand.class,
      FillCommand.class,
      CompareCommand.class,
      PersistenceCommand.class,
      TenMillionCommand.class,
      ReadersCommand.class,
      ProfileCommand.class
    })
public final class LoadCommand {
  private LoadCommand() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new LoadCommand())
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              PrintWriter err = command.getErr();
              if (exception instanceof IllegalArgumentException) {
                err.println("load: " + exception.getMessage());
                return CommandLine.ExitCode.USAGE;
              }
              err.println("load: " + exception);
              return CommandLine.ExitCode.SOFTWARE;
            });
  }
}
