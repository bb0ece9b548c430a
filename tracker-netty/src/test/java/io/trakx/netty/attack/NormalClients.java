package io.trakx.netty.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.TrakxProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A modest load of ordinary clients beside an attack: over HTTP on kept connections and on new
 * ones, and over UDP.
 */
final class NormalClients implements AutoCloseable {
  private static final int NET = 77;
  private static final int PER_SECOND = 50;

  private final List<NormalClient> threads = new ArrayList<>();

  private NormalClients() {}

  /** Begins. */
  static NormalClients of(TrakxProcess tracker) throws IOException {
    NormalClients clients = new NormalClients();
    InetSocketAddress http = tracker.http().getFirst();
    clients.add(new HttpAsker(http, Sources.of(NET, 1), false), "http-new-conn-00");
    clients.addKept(tracker);
    return clients.begin();
  }

  /** Begins without those that need new connections. */
  static NormalClients withoutNewConnections(TrakxProcess tracker) throws IOException {
    NormalClients clients = new NormalClients();
    clients.addKept(tracker);
    return clients.begin();
  }

  private void addKept(TrakxProcess tracker) throws IOException {
    add(new HttpAsker(tracker.http().getFirst(), Sources.of(NET, 2), true), "http-kept-conn-0");
    add(new UdpAsker(tracker.udp().getFirst(), Sources.of(NET, 3)), "udp-announces-00");
  }

  private void add(NormalClient.Asker asker, String prefix) {
    threads.add(new NormalClient(asker, prefix, PER_SECOND));
  }

  private NormalClients begin() {
    threads.forEach(Thread::start);
    return this;
  }

  /** What came of their requests since the last call. */
  Latencies lap() {
    return Latencies.all(threads.stream().map(NormalClient::lap).toList());
  }

  /**
   * Watches them without an attack once the tracker has run for a while: what one is held against.
   */
  Latencies calmOnceWarm() {
    Wait.last(Effort.warmup());
    return calm();
  }

  /** Watches them for a while without an attack, and expects that all are served. */
  Latencies calm() {
    lap();
    Wait.last(Effort.calm());
    Latencies calm = lap();
    assertThat(calm.faults()).isEmpty();
    assertThat(calm.answered()).isPositive();
    return calm;
  }

  @Override
  public void close() {
    threads.forEach(NormalClient::end);
    for (NormalClient thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
