package io.trakx.netty.app;

import io.netty.channel.EventLoop;
import io.trakx.core.InMemoryTracker;
import io.trakx.core.MinuteClock;
import io.trakx.core.access.AccessControl;
import io.trakx.core.limit.AddressLimiter;
import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.admin.AdminServer;
import io.trakx.netty.admin.DebugVars;
import io.trakx.netty.admin.Readiness;
import io.trakx.netty.admin.ReadinessCheck;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.http.HttpServer;
import io.trakx.netty.metrics.CounterMetrics;
import io.trakx.netty.metrics.JvmMetrics;
import io.trakx.netty.metrics.LoopLag;
import io.trakx.netty.metrics.Metrics;
import io.trakx.netty.metrics.ProgramMetrics;
import io.trakx.netty.metrics.RequestMetrics;
import io.trakx.netty.metrics.StoreMetrics;
import io.trakx.netty.threads.Precedence;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TcpOptions;
import io.trakx.netty.transport.TransportUnavailableException;
import io.trakx.netty.udp.UdpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The tracker as a running whole: everything it is made of, put together, started in order and
 * closed the other way round.
 *
 * <p>Started and closed by one thread.
 */
final class TrakxServer implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(TrakxServer.class);
  private static final String RUNNING = "running";

  /** By then those who waited for the start have had their first answers. */
  private static final Duration REHEARSAL_DELAY = Duration.ofSeconds(2);

  private final TrakxConfig config;
  private final LongSupplier nanoClock = System::nanoTime;
  private final MinuteClock clock = MinuteClock.monotonic();
  private final long startedNanos = nanoClock.getAsLong();
  private final Counters counters = new Counters(nanoClock);
  private final StoreLimits limits;
  private final SwarmStore store;
  private final AccessControl access;
  private final InMemoryTracker tracker;
  private final TotalsCache totals;
  private final AccessWatch lists;
  private final Housekeeper housekeeper;
  private final Keeper keeper;
  private final Optional<HttpsPort> https;
  private final Health health;
  private final Metrics metrics = new Metrics();
  private final PublicPages pages;
  private final LoopLag loopLag = new LoopLag(nanoClock);
  private final Closing closing = new Closing();
  private List<EventLoop> loops = List.of();
  private volatile String phase = "starting";

  /** Puts together what is the same without any port. */
  private TrakxServer(TrakxConfig config) throws IOException {
    this.config = config;
    limits = config.limits().forHeap(Runtime.getRuntime().maxMemory());
    AddressLimiter limiter =
        new AddressLimiter(
            config.limits().ofAddress(),
            config.announce().peerTimeoutMinutes(),
            new SecureRandom(),
            startedNanos);
    store = new SwarmStore(limits, new SecureRandom(), config.database().isPresent(), limiter);
    AccessFiles files = AccessFiles.of(config.access());
    List<String> stamps = files.stamps();
    access = new AccessControl(files.read());
    tracker =
        new InMemoryTracker(
            store,
            config.announce(),
            access,
            counters,
            clock,
            () -> ThreadLocalRandom.current().nextLong(),
            limiter,
            config.access().globalOnly());
    totals = new TotalsCache(store::totals, nanoClock);
    lists = new AccessWatch(access, files, stamps);
    https = HttpsPort.of(config);
    keeper = Keeper.open(config, access, store, counters, totals, clock, nanoClock, closing);
    housekeeper = new Housekeeper(tracker, lists, config.sweepInterval(), nanoClock);
    pages =
        PublicPages.of(
            config,
            totals,
            counters,
            keeper.history(),
            store,
            access,
            housekeeper,
            this::uptimeSeconds,
            nanoClock);
    health = new Health(this::notServing, totals, limits, lists::trouble, housekeeper::trouble);
    addMetrics();
  }

  /** Whatever else is worth a metric is added by {@link Metrics#gauge} where it is put together. */
  private void addMetrics() {
    metrics.add(new ProgramMetrics(Program.version(), this::uptimeSeconds));
    metrics.add(new StoreMetrics(totals, limits));
    metrics.add(new RequestMetrics(counters.requests()));
    metrics.add(new CounterMetrics(counters));
    metrics.add(loopLag);
    metrics.add(new JvmMetrics());
    keeper.report().addTo(metrics);
    https.ifPresent(port -> port.addTo(metrics));
  }

  /**
   * Starts a tracker; what was started before a failure is closed again.
   *
   * @param commandLine the words the program was started with, without secrets
   * @throws StartException if an address or the data directory cannot be had, a list cannot be read
   *     or a transport does not work here
   */
  static TrakxServer start(TrakxConfig config, List<String> commandLine) throws StartException {
    try {
      TrakxServer server = new TrakxServer(config);
      server.startOrClose(commandLine);
      return server;
    } catch (IOException | TransportUnavailableException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void startOrClose(List<String> commandLine) throws IOException {
    try {
      closing.add("housekeeper", housekeeper);
      // First of the two: it can tell that the tracker is starting.
      AdminServer admin = startMetricsPort(commandLine);
      keeper.restore();
      EventLoops loops = new EventLoops(config.transport().type(), threads(), "trakx-loop");
      https.ifPresent(port -> closing.add("certificate", port));
      closing.add("event loops", loops);
      this.loops = loops.all();
      loopLag.watch(this.loops);
      HttpPorts http = startPublicPort(loops);
      List<InetSocketAddress> udp = startUdpPort(loops);
      pages.serves(http, udp);
      StateLog state = new StateLog(counters, totals, keeper.report()::databaseState);
      housekeeper.start();
      housekeeper.repeat(state::log, StateLog.INTERVAL);
      housekeeper.repeat(new ClockWatch(Clock.systemUTC(), nanoClock)::look, ClockWatch.INTERVAL);
      https.ifPresent(port -> port.watch(housekeeper));
      housekeeper.runLater(admin::rehearse, REHEARSAL_DELAY);
      housekeeper.runLater(pages::rehearse, REHEARSAL_DELAY);
      housekeeper.runLater(
          new PagesRehearsal(config.http(), loops, tracker, pages::handler, nanoClock),
          REHEARSAL_DELAY);
      Precedence precedence = Precedence.ofTracker();
      housekeeper.runLater(precedence, REHEARSAL_DELAY);
      housekeeper.repeat(precedence, Precedence.INTERVAL);
      housekeeper.repeat(new GarbageWatch(), GarbageWatch.INTERVAL);
      keeper.start();
      phase = RUNNING;
      logStart(http, admin.addresses(), udp, loops);
    } catch (IOException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private AdminServer startMetricsPort(List<String> commandLine) throws IOException {
    DebugVars vars =
        new DebugVars(
            commandLine,
            Program.version(),
            totals,
            counters,
            this::uptimeSeconds,
            keeper.report()::figures);
    closing.add("figures", vars);
    List<ReadinessCheck> checks = new ArrayList<>(health.readiness());
    checks.addAll(keeper.report().readiness());
    https.ifPresent(port -> checks.add(port.readiness()));
    AdminServer admin =
        AdminServer.start(
            config.metricsListen(), TcpOptions.defaults(), vars, metrics, new Readiness(checks));
    closing.add("metrics port", admin);
    return admin;
  }

  private HttpPorts startPublicPort(EventLoops loops) throws IOException {
    closing.add("pages", pages);
    HttpServer http =
        new HttpServer(
            loops,
            TcpOptions.defaults(),
            config.http(),
            tracker,
            counters,
            pages::handler,
            FullScrapes.of(config, store, access, counters, nanoClock, closing),
            nanoClock);
    HttpPorts ports = HttpPorts.open(http, config.httpListeners(), https);
    health.listens("http", ports.all(), http::notAccepting);
    closing.add("public port", () -> stop(http));
    metrics.gauge("http.connections_open", "HTTP connections open now.", http::connections);
    return ports;
  }

  private List<InetSocketAddress> startUdpPort(EventLoops loops) throws IOException {
    if (config.udpListen().isEmpty()) {
      return List.of();
    }
    UdpServer udp =
        new UdpServer(
            loops,
            config.datagrams(),
            config.udp(),
            tracker,
            counters,
            new SecureRandom(),
            nanoClock);
    List<InetSocketAddress> addresses = udp.start(config.udpListen());
    health.listens("udp", addresses, udp::notAccepting);
    closing.add("UDP port", () -> udp.stop().join());
    return addresses;
  }

  private void logStart(
      HttpPorts http,
      List<InetSocketAddress> metrics,
      List<InetSocketAddress> udp,
      EventLoops loops) {
    LOG.info(
        "Trakx {} serves on {}, metrics on {}; UDP on {}; {} with {} event loops; up to {} peers in"
            + " {} torrents with a heap of {} MiB; started in {} ms",
        Program.version(),
        http,
        HttpPorts.text(metrics),
        HttpPorts.text(udp),
        loops.type().key(),
        loops.all().size(),
        limits.peers(),
        limits.swarms(),
        Runtime.getRuntime().maxMemory() >> 20,
        TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - startedNanos));
  }

  /** The threads that serve the public ports. */
  List<EventLoop> loops() {
    return loops;
  }

  /** Has the lists read anew, now from the files of {@code access}. Returns at once. */
  void reloadLists(TrakxConfig.Access access) {
    housekeeper.run(() -> lists.reload(AccessFiles.of(access)));
  }

  /** Has the certificate read anew, from the files of {@code fresh}. Returns at once. */
  void reloadCertificate(TrakxConfig.Https fresh) {
    https.ifPresent(port -> housekeeper.run(() -> port.reload(fresh)));
  }

  /** Has the lists read anew from the files they came from. Returns at once. */
  void reloadLists() {
    housekeeper.run(lists::reload);
  }

  /** Has {@code task} done once what was asked for before is. Returns at once. */
  void afterReload(Runnable task) {
    housekeeper.run(task);
  }

  /** What it tells monitors. */
  Metrics metrics() {
    return metrics;
  }

  private Optional<String> notServing() {
    return Optional.of(phase).filter(now -> !now.equals(RUNNING));
  }

  private int threads() {
    int wanted = config.transport().threads();
    return wanted == 0 ? Runtime.getRuntime().availableProcessors() : wanted;
  }

  private long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - startedNanos);
  }

  private void stop(HttpServer http) {
    Duration grace = config.shutdownGrace();
    LOG.info("stopping; {} connections may end within {} s", http.connections(), grace.toSeconds());
    int cut = http.stop(grace).join();
    if (cut > 0) {
      LOG.warn("{} connections were cut with a request under way", cut);
    }
  }

  /** Stops accepting, lets requests under way end, and closes everything in order. */
  @Override
  public void close() {
    phase = "stopping";
    closing.close();
    LOG.info("stopped after {} s", uptimeSeconds());
  }
}
