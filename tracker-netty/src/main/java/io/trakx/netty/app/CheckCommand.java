package io.trakx.netty.app;

import io.trakx.netty.config.ConfigException;
import io.trakx.netty.config.LoadedConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trakx check}: says whether the tracker would start, and what it would find. */
@Command(
    name = "check",
    header = "Says whether the tracker would start, and starts nothing.",
    description =
        "Looks at the configuration, list files, certificate, transport, ports, data directory,"
            + " database, snapshot, log file and limits.")
final class CheckCommand implements Callable<Integer> {
  private final TrakxCommand root;
  private final Program program;

  @Option(
      names = "--no-ports",
      description = "Does not try the ports, which a running tracker has already taken.")
  private boolean noPorts;

  CheckCommand(TrakxCommand root, Program program) {
    this.root = root;
    this.program = program;
  }

  @Override
  public Integer call() throws ConfigException {
    LoadedConfig loaded = root.load();
    program
        .out()
        .println(
            root.sources()
                .file()
                .map(file -> "ok    configuration, " + file)
                .orElse("ok    configuration, no file"));
    Checks checks = new Checks(loaded.config(), program.out());
    checks.lists();
    checks.certificate();
    checks.transport(!noPorts);
    checks.files();
    checks.database();
    checks.snapshot();
    checks.limits();
    program.out().flush();
    return checks.failed() ? Program.FAILED : Program.OK;
  }
}
