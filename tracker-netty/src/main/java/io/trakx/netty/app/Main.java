package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The entry of the program. */
public final class Main {
  private Main() {}

  /** Runs a command, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Program program =
        new Program(
            List.of(arguments),
            System.getenv(),
            Optional.ofNullable(System.getProperty("trakx.home")).map(Path::of),
            new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8),
            new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    System.exit(TrakxCommand.commandLine(program).execute(arguments));
  }
}
