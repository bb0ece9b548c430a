package io.trakx.netty.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestOutcome;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreTotals;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The figures of {@code /debug/vars}, in the form of Go's {@code expvar}.
 *
 * <p>Names without {@code trakx.} are those of the tracker's Go predecessor; dashboards that read
 * it go on working. Thread-safe.
 */
public final class DebugVars implements AutoCloseable {
  private final List<String> commandLine;
  private final String version;
  private final Supplier<StoreTotals> totals;
  private final Counters counters;
  private final LongSupplier uptimeSeconds;
  private final Supplier<Map<String, Long>> others;
  private final MemStats memStats = new MemStats();
  private final Json json = new Json();

  /**
   * @param commandLine the program and its arguments, secrets left out
   * @param version this release
   * @param totals what the store holds; asked for every answer
   * @param uptimeSeconds how long the tracker has been running
   * @param others further figures by their names under {@code trakx.}; asked for every answer
   */
  public DebugVars(
      List<String> commandLine,
      String version,
      Supplier<StoreTotals> totals,
      Counters counters,
      LongSupplier uptimeSeconds,
      Supplier<Map<String, Long>> others) {
    this.commandLine = List.copyOf(commandLine);
    this.version = version;
    this.totals = totals;
    this.counters = counters;
    this.uptimeSeconds = uptimeSeconds;
    this.others = others;
  }

  /** Writes them as JSON in UTF-8; closes {@code body}. */
  void write(OutputStream body) throws IOException {
    json.write(body, this::write);
  }

  private void write(JsonGenerator object) throws IOException {
    object.writeArrayFieldStart("cmdline");
    for (String word : commandLine) {
      object.writeString(word);
    }
    object.writeEndArray();

    StoreTotals now = totals.get();
    object.writeNumberField("ip.unique", now.uniqueAddresses());
    object.writeNumberField("hash.unique", now.swarms());
    object.writeNumberField("peer.unique", now.peers());
    object.writeNumberField("tracker.cleaned", counters.get(TrackerCounter.PEERS_CLEANED));
    object.writeNumberField("tracker.seeds", now.seeders());
    object.writeNumberField("tracker.leeches", now.leechers());

    object.writeObjectFieldStart("memstats");
    memStats.write(object);
    object.writeEndObject();

    object.writeStringField("trakx.version", version);
    object.writeNumberField("trakx.uptime_seconds", uptimeSeconds.getAsLong());
    object.writeNumberField("trakx.torrents", now.torrents());
    object.writeNumberField("trakx.seeders.ipv4", now.seedersIpv4());
    object.writeNumberField("trakx.seeders.ipv6", now.seedersIpv6());
    object.writeNumberField("trakx.leechers.ipv4", now.leechersIpv4());
    object.writeNumberField("trakx.leechers.ipv6", now.leechersIpv6());
    object.writeNumberField("trakx.announces.ipv4", announces(AddressFamily.IPV4));
    object.writeNumberField("trakx.announces.ipv6", announces(AddressFamily.IPV6));
    for (TrackerCounter counter : TrackerCounter.values()) {
      object.writeNumberField("trakx." + counter.key(), counters.get(counter));
    }
    for (Map.Entry<String, Long> figure : others.get().entrySet()) {
      object.writeNumberField("trakx." + figure.getKey(), figure.getValue());
    }
  }

  private long announces(AddressFamily family) {
    return counters.requests().requests(RequestAction.ANNOUNCE, family, RequestOutcome.ANSWERED);
  }

  @Override
  public void close() {
    memStats.close();
  }
}
