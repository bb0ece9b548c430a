package io.trakx.netty.app;

import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.StoreTotals;
import io.trakx.netty.admin.ReadinessCheck;
import io.trakx.netty.transport.Addresses;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How the parts of the tracker itself fare: its listeners, its store, its lists, its sweeper.
 * Thread-safe if what it asks is.
 *
 * <p>Without listeners nobody is served, and without sweeps the wrong peers are told. A full store
 * answers everybody, and lists that cannot be read anew stay as they were, so these two are told of
 * and no more: a tracker that is taken out of service for them would serve nobody instead.
 */
final class Health {
  private final Supplier<Optional<String>> phase;
  private final Supplier<StoreTotals> totals;
  private final StoreLimits limits;
  private final Supplier<Optional<String>> lists;
  private final Supplier<Optional<String>> sweeper;
  private final List<Port> ports = new CopyOnWriteArrayList<>();

  private record Port(
      String name,
      List<InetSocketAddress> addresses,
      Supplier<List<InetSocketAddress>> notAccepting) {}

  /**
   * @param phase why the tracker as a whole does not serve, such as that it is starting
   * @param totals what the store holds, without a walk over it
   * @param lists why the lists in force are not those of the files
   * @param sweeper why peers are not being forgotten
   */
  Health(
      Supplier<Optional<String>> phase,
      Supplier<StoreTotals> totals,
      StoreLimits limits,
      Supplier<Optional<String>> lists,
      Supplier<Optional<String>> sweeper) {
    this.phase = phase;
    this.totals = totals;
    this.limits = limits;
    this.lists = lists;
    this.sweeper = sweeper;
  }

  /**
   * A public port is open from now on.
   *
   * @param name the protocol
   * @param addresses where
   * @param notAccepting asked which of them take nothing
   */
  void listens(
      String name,
      List<InetSocketAddress> addresses,
      Supplier<List<InetSocketAddress>> notAccepting) {
    ports.add(new Port(name, addresses, notAccepting));
  }

  List<ReadinessCheck> readiness() {
    return List.of(
        new ReadinessCheck("listeners", true, this::listenerTrouble, this::listeners),
        new ReadinessCheck("store", false, this::storeTrouble, this::store),
        new ReadinessCheck("lists", false, lists, Map::of),
        new ReadinessCheck("sweeper", sweeper));
  }

  private Optional<String> listenerTrouble() {
    Optional<String> whole = phase.get();
    if (whole.isPresent()) {
      return whole;
    }
    String idle =
        ports.stream()
            .filter(port -> !port.notAccepting.get().isEmpty())
            .map(port -> port.name + " takes nothing at " + text(port.notAccepting.get()))
            .collect(Collectors.joining("; "));
    return idle.isEmpty() ? Optional.empty() : Optional.of(idle);
  }

  private Map<String, Object> listeners() {
    Map<String, Object> listeners = new LinkedHashMap<>();
    for (Port port : ports) {
      listeners.put(port.name, text(port.addresses));
    }
    return listeners;
  }

  private static String text(List<InetSocketAddress> addresses) {
    return addresses.stream().map(Addresses::text).collect(Collectors.joining(", "));
  }

  private Optional<String> storeTrouble() {
    StoreTotals now = totals.get();
    if (now.peers() >= limits.peers()) {
      return Optional.of("limits.peers is reached; newcomers get peers, but are not listed");
    }
    if (now.torrents() >= limits.swarms()) {
      return Optional.of("limits.swarms is reached; new torrents get no peers");
    }
    return Optional.empty();
  }

  private Map<String, Object> store() {
    StoreTotals now = totals.get();
    Map<String, Object> store = new LinkedHashMap<>();
    store.put("peers", now.peers());
    store.put("peers_limit", limits.peers());
    store.put("torrents", now.torrents());
    store.put("torrents_limit", limits.swarms());
    return store;
  }
}
