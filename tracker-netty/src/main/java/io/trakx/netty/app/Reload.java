package io.trakx.netty.app;

import io.trakx.netty.config.ConfigException;
import io.trakx.netty.config.LoadedConfig;
import io.trakx.netty.logging.Logging;
import io.trakx.netty.systemd.ServiceManager;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What SIGHUP does: reads the configuration anew, takes over what can be changed while running, and
 * has the lists read anew. A configuration that is wrong leaves the old one in force. Thread-safe.
 */
final class Reload implements Runnable {
  private static final Logger LOG = LogManager.getLogger(Reload.class);

  /** What a reload takes over; all else needs a restart. */
  private static final List<String> RELOADED =
      List.of(
          "log.level",
          "access.denylist",
          "access.allowlist",
          "https.certificate",
          "https.private_key",
          "https.private_key_password_file");

  private final TrakxCommand root;
  private final ServiceManager manager;
  private @Nullable Running running;

  Reload(TrakxCommand root, ServiceManager manager) {
    this.root = root;
    this.manager = manager;
  }

  private record Running(LoadedConfig started, Logging logging, TrakxServer server) {}

  /** From here on there is something to reload. */
  synchronized void started(LoadedConfig config, Logging logging, TrakxServer server) {
    running = new Running(config, logging, server);
  }

  @Override
  public synchronized void run() {
    if (running == null) {
      return;
    }
    LOG.info("SIGHUP: reloading");
    manager.reloading();
    try {
      LoadedConfig fresh = root.load();
      running.started.differences(fresh).stream()
          .filter(key -> !RELOADED.contains(key))
          .forEach(key -> LOG.warn("{} has changed, which takes a restart", key));
      running.logging.level(fresh.config().log().level());
      running.server.reloadLists(fresh.config().access());
      fresh.config().https().ifPresent(running.server::reloadCertificate);
    } catch (ConfigException e) {
      e.errors().forEach(error -> LOG.error("the old configuration stays in force: {}", error));
      running.server.reloadLists();
    }
    running.server.afterReload(manager::ready);
  }
}
