package io.trakx.netty.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.stats.Protocol;
import io.trakx.core.swarm.StoreTotals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** Writes what programs read: {@code /stats.json} and {@code /history.json}. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Enough for a rate. */
  private static final MathContext DIGITS = new MathContext(5);

  private Json() {}

  /** Writes the fields of an object. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** The one field {@code error}. */
  static byte[] error(String text) {
    return object(json -> json.writeStringField("error", text));
  }

  /** The body of {@code /stats.json}. */
  static byte[] statistics(Statistics stats, boolean namesSwarms) {
    return object(
        json -> {
          json.writeNumberField("time", stats.time().getEpochSecond());
          json.writeNumberField("uptime_seconds", stats.uptimeSeconds());
          writeHeld(json, stats.held());
          writeRequests(json, stats);
          writeCounts(json, "events", stats.events());
          writeCounts(json, "clients", stats.clients());
          writeRefusals(json, stats);
          if (namesSwarms) {
            writeSwarms(json, stats);
          }
        });
  }

  private static void writeHeld(JsonGenerator json, StoreTotals held) throws IOException {
    json.writeNumberField("torrents", held.swarms());
    json.writeNumberField("peers", held.peers());
    json.writeNumberField("seeders", held.seeders());
    json.writeNumberField("leechers", held.leechers());
    json.writeNumberField("unique_addresses", held.uniqueAddresses());
    json.writeObjectFieldStart("families");
    writeFamily(json, AddressFamily.IPV4, held.seedersIpv4(), held.leechersIpv4());
    writeFamily(json, AddressFamily.IPV6, held.seedersIpv6(), held.leechersIpv6());
    json.writeEndObject();
  }

  private static void writeFamily(
      JsonGenerator json, AddressFamily family, long seeders, long leechers) throws IOException {
    json.writeObjectFieldStart(Statistics.key(family));
    json.writeNumberField("seeders", seeders);
    json.writeNumberField("leechers", leechers);
    json.writeEndObject();
  }

  private static void writeRequests(JsonGenerator json, Statistics stats) throws IOException {
    json.writeArrayFieldStart("requests");
    for (Statistics.Requests requests : stats.requests()) {
      json.writeStartObject();
      json.writeStringField("protocol", requests.protocol().key());
      json.writeStringField("action", requests.action().key());
      json.writeStringField("family", Statistics.key(requests.family()));
      json.writeNumberField("answered", requests.answered());
      json.writeNumberField("refused", requests.refused());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeCounts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private static void writeRefusals(JsonGenerator json, Statistics stats) throws IOException {
    json.writeObjectFieldStart("refusals");
    for (Protocol protocol : Protocol.values()) {
      json.writeObjectFieldStart(protocol.key());
      for (Statistics.Refusals refusals : stats.refusals()) {
        if (refusals.protocol() == protocol) {
          json.writeNumberField(refusals.reason(), refusals.count());
        }
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeSwarms(JsonGenerator json, Statistics stats) throws IOException {
    json.writeArrayFieldStart("largest_swarms");
    for (LargeSwarm swarm : stats.largestSwarms()) {
      json.writeStartObject();
      json.writeStringField("info_hash", swarm.infoHash());
      json.writeNumberField("seeders", swarm.seeders());
      json.writeNumberField("leechers", swarm.leechers());
      json.writeNumberField("completed", swarm.completed());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The body of {@code /history.json}. */
  static byte[] history(Series series, boolean lasting) {
    return object(
        json -> {
          json.writeStringField("range", series.range().key());
          json.writeNumberField("from", series.fromSecond());
          json.writeNumberField("step_seconds", series.range().step().toSeconds());
          json.writeStringField("kept_in", lasting ? "database" : "memory");
          for (Figure figure : Figure.values()) {
            writeValues(json, figure, series.values(figure));
          }
          json.writeObjectFieldStart("sentences");
          for (Chart chart : Chart.ALL) {
            json.writeStringField(chart.key(), chart.sentence(series));
          }
          json.writeEndObject();
        });
  }

  private static void writeValues(JsonGenerator json, Figure figure, double[] values)
      throws IOException {
    json.writeArrayFieldStart(figure.key());
    for (double value : values) {
      if (Double.isNaN(value)) {
        json.writeNull();
      } else if (figure.rate()) {
        json.writeNumber(new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString());
      } else {
        json.writeNumber(Math.round(value));
      }
    }
    json.writeEndArray();
  }
}
