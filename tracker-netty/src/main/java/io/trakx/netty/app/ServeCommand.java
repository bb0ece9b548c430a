package io.trakx.netty.app;

import io.trakx.netty.config.ConfigException;
import io.trakx.netty.config.ConfigPrinter;
import io.trakx.netty.config.LoadedConfig;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.logging.Logging;
import io.trakx.netty.systemd.ServiceManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import picocli.CommandLine.Command;

/** {@code trakx serve}: runs the tracker until a signal ends it. */
@Command(name = "serve", header = "Runs the tracker in the foreground. The default.")
final class ServeCommand implements Callable<Integer> {
  private final TrakxCommand root;
  private final Program program;

  ServeCommand(TrakxCommand root, Program program) {
    this.root = root;
    this.program = program;
  }

  @Override
  public Integer call() throws ConfigException, StartException, InterruptedException {
    LoadedConfig loaded = root.load();
    TrakxConfig config = loaded.config();
    // Before anything asks for a logger: Log4j would look for a configuration of its own.
    try (Logging logging = startLogging(config)) {
      Logger log = LogManager.getLogger(ServeCommand.class);
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, e) -> log.error("thread {} died", thread.getName(), e));
      serve(loaded, logging);
    }
    return Program.OK;
  }

  private void serve(LoadedConfig loaded, Logging logging)
      throws StartException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    ServiceManager manager =
        ServiceManager.of(program.environment(), ProcessHandle.current().pid(), System::nanoTime);
    Reload reload = new Reload(root, manager);
    // From here on, so that a signal during the start does what it does later.
    Signals.handle("TERM", ended::countDown);
    Signals.handle("INT", ended::countDown);
    Signals.handle("HUP", reload);
    try (TrakxServer server = TrakxServer.start(loaded.config(), commandLine())) {
      reload.started(loaded, logging, server);
      manager.started(server.loops());
      ended.await();
      manager.stopping();
    }
  }

  private static Logging startLogging(TrakxConfig config) throws StartException {
    try {
      return Logging.start(config.log());
    } catch (IOException e) {
      throw new StartException("log.file cannot be written: " + e.getMessage(), e);
    }
  }

  private List<String> commandLine() {
    List<String> words = new ArrayList<>();
    words.add("trakx");
    words.addAll(ConfigPrinter.withoutSecrets(program.arguments()));
    return words;
  }
}
