package io.trakx.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.Scrape;
import io.trakx.netty.bencode.BencodeWriter;
import io.trakx.netty.http.ConnectionOption;
import io.trakx.netty.http.ResponseHead;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to write one answer, head and body, to a direct buffer that is there already?
 *
 * <p>{@code scripts/bench jmh WriteBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class WriteBenchmark {
  private static final int PEERS = 50;
  private static final int HASHES = 74;
  private static final int MIN_REQUEST_INTERVAL_SECONDS = 900;

  private final BencodeWriter writer = new BencodeWriter();
  private final AnnounceRequest compact = new AnnounceRequest();
  private final AnnounceRequest dictionaries = new AnnounceRequest();
  private final AnnounceResponse ipv4 = new AnnounceResponse(PEERS);
  private final AnnounceResponse mixed = new AnnounceResponse(PEERS);
  private final Scrape scrape = new Scrape(HASHES);
  private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(16 * 1024);
  private int turn;

  @Setup
  public void fill() {
    Random random = new Random(1);
    compact.address().ipv4(random.nextInt());
    dictionaries.address().ipv4(random.nextInt());
    dictionaries.compact(false);
    dictionaries.withPeerIds(true);
    ipv4.figures(1234, 567, 89_012);
    ipv4.intervals(1873, 900);
    mixed.figures(1234, 567, 89_012);
    mixed.intervals(1873, 900);
    addPeers(ipv4, AddressFamily.IPV4, PEERS, random);
    addPeers(mixed, AddressFamily.IPV4, PEERS / 2, random);
    addPeers(mixed, AddressFamily.IPV6, PEERS / 2, random);
    byte[] hash = new byte[Bytes20.BYTES];
    for (int i = 0; i < HASHES; i++) {
      random.nextBytes(hash);
      scrape.add(hash, 0);
      scrape.figures(i, random.nextInt(1000), random.nextInt(100), random.nextInt(100_000));
    }
  }

  private static void addPeers(
      AnnounceResponse response, AddressFamily family, int count, Random random) {
    int addressBytes = count * family.compactBytes();
    byte[] rows = new byte[addressBytes + count * Bytes20.BYTES];
    random.nextBytes(rows);
    response.peers(family).append(rows, 0, addressBytes, count);
  }

  @TearDown
  public void release() {
    out.release();
  }

  /** 50 IPv4 peers in compact form. */
  @Benchmark
  public int compactAnnounce() {
    return announce(compact, ipv4);
  }

  /** 25 peers of either family as dictionaries with peer ids. */
  @Benchmark
  public int dictionaryAnnounce() {
    return announce(dictionaries, mixed);
  }

  @Benchmark
  public int scrapeOf74() {
    out.clear();
    int length = writer.scrapeLength(scrape, MIN_REQUEST_INTERVAL_SECONDS);
    ResponseHead.write(out, ConnectionOption.PERSISTENT, length);
    writer.writeScrape(out, scrape, MIN_REQUEST_INTERVAL_SECONDS);
    return out.readableBytes();
  }

  private int announce(AnnounceRequest request, AnnounceResponse response) {
    turn++;
    response.figures(turn >>> 20, turn >>> 22, turn >>> 10 & 0xfffff);
    out.clear();
    int length = writer.announceLength(request, response);
    ResponseHead.write(out, ConnectionOption.PERSISTENT, length);
    writer.writeAnnounce(out, request, response);
    return out.readableBytes();
  }
}
