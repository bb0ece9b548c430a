package io.trakx.netty.app;

import io.trakx.netty.config.ConfigException;
import io.trakx.netty.config.ConfigLoader;
import io.trakx.netty.config.ConfigSources;
import io.trakx.netty.config.LoadedConfig;
import io.trakx.netty.persistence.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command line: {@code trakx} with its options and commands. */
@Command(
    name = "trakx",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = TrakxCommand.Version.class,
    header = "A BitTorrent tracker. Without a command it serves.",
    synopsisSubcommandLabel = "[COMMAND]",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 fine, 1 failed, 2 command line not understood.",
      "Signals: TERM and INT stop after what is under way, exit 0; HUP rereads lists and log level."
    })
final class TrakxCommand implements Callable<Integer> {
  private final Program program;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The configuration file. Without it: what the variable TRAKX_CONFIG says, else trakx.yaml"
              + " in the working directory, else conf/trakx.yaml of the distribution, else none.")
  private @Nullable Path configFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description =
          "Sets one key, whatever file and environment say; repeatable, lists separated by commas."
              + " 'trakx config --reference' shows all keys.")
  private List<String> sets = new ArrayList<>();

  private TrakxCommand(Program program) {
    this.program = program;
  }

  /** The whole command line, ready to run. */
  static CommandLine commandLine(Program program) {
    TrakxCommand root = new TrakxCommand(program);
    CommandLine line =
        new CommandLine(root)
            .addSubcommand("serve", new ServeCommand(root, program))
            .addSubcommand("config", new ConfigCommand(root, program))
            .addSubcommand("check", new CheckCommand(root, program))
            .addSubcommand("ban", new BanCommand(root, program))
            .addSubcommand("cache", new CacheCommand(program));
    return line.setOut(program.out())
        .setErr(program.err())
        .setParameterExceptionHandler((e, _) -> misunderstood(program, e))
        .setExecutionExceptionHandler((e, _, _) -> fail(program, e));
  }

  /** Says what is wrong with the command line, and where to read what is right. */
  private static int misunderstood(Program program, ParameterException e) {
    program.complain(
        "%s; see '%s --help'"
            .formatted(e.getMessage(), e.getCommandLine().getCommandSpec().qualifiedName()));
    return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
  }

  /** What is wrong with what the operator said is told in a line; anything else is a fault here. */
  private static int fail(Program program, Exception e) throws Exception {
    if (e instanceof ConfigException
        || e instanceof StartException
        || e instanceof DatabaseException) {
      program.complain(String.valueOf(e.getMessage()));
      return Program.FAILED;
    }
    throw e;
  }

  /** Where this configuration comes from. */
  ConfigSources sources() {
    return new ConfigSources(
        ConfigFile.find(configFile, program.environment(), program.home()),
        program.environment(),
        sets);
  }

  LoadedConfig load() throws ConfigException {
    return ConfigLoader.load(sources());
  }

  @Override
  public Integer call() throws Exception {
    return new ServeCommand(this, program).call();
  }

  /** Says which release this is. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"trakx " + Program.version()};
    }
  }
}
