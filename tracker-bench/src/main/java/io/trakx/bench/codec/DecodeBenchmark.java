package io.trakx.bench.codec;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.Scrape;
import io.trakx.netty.http.QueryDecoder;
import io.trakx.netty.http.RequestHead;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does it cost to decode one request, head and query together, on one core?
 *
 * <p>Each operation takes another request than the one before, so that no branch is learnt by
 * heart.
 *
 * <p>{@code scripts/bench jmh DecodeBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class DecodeBenchmark {
  private final RequestHead head = new RequestHead();
  private final QueryDecoder decoder = new QueryDecoder();
  private final AnnounceRequest request = new AnnounceRequest();
  private final Scrape scrape = new Scrape(74);
  private final byte[][] transmission = Requests.transmission();
  private final byte[][] qBittorrent = Requests.qBittorrent();
  private final byte[][] scrapes = Requests.scrapes();
  private int turn;

  @Benchmark
  public void transmissionAnnounce(Blackhole blackhole) {
    announce(transmission, blackhole);
  }

  @Benchmark
  public void qBittorrentAnnounce(Blackhole blackhole) {
    announce(qBittorrent, blackhole);
  }

  @Benchmark
  public void scrapeOf74(Blackhole blackhole) {
    byte[] buffer = scrapes[turn++ & (scrapes.length - 1)];
    blackhole.consume(head.parse(buffer, 0, buffer.length));
    blackhole.consume(decoder.scrape(buffer, head.queryFrom(), head.queryTo(), scrape));
    blackhole.consume(scrape.size());
  }

  private void announce(byte[][] requests, Blackhole blackhole) {
    byte[] buffer = requests[turn++ & (requests.length - 1)];
    blackhole.consume(head.parse(buffer, 0, buffer.length));
    blackhole.consume(head.keepAlive());
    blackhole.consume(decoder.announce(buffer, head.queryFrom(), head.queryTo(), request));
    blackhole.consume(request.left());
  }
}
