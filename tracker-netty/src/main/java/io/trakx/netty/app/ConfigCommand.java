package io.trakx.netty.app;

import io.trakx.netty.config.ConfigPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trakx config}: prints what holds, or what there is to set. */
@Command(
    name = "config",
    header = "Prints the configuration that holds, with the source of what is no default.")
final class ConfigCommand implements Callable<Integer> {
  private final TrakxCommand root;
  private final Program program;

  @Option(
      names = "--reference",
      description = "Prints all keys with defaults and meanings, as YAML.")
  private boolean reference;

  @Option(names = "--markdown", description = "Prints all keys as a table for the README.")
  private boolean markdown;

  ConfigCommand(TrakxCommand root, Program program) {
    this.root = root;
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    String text;
    if (reference) {
      text = ConfigPrinter.reference();
    } else if (markdown) {
      text = ConfigPrinter.markdownTable();
    } else {
      text = root.load().toYaml();
    }
    program.out().print(text);
    program.out().flush();
    return Program.OK;
  }
}
