package io.trakx.bench.load;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One UDP socket a slot, bound to the address of the source that it speaks for.
 *
 * <p>Connection ids are asked for once a source and again after a minute, as BEP 15 says. A socket
 * stays as long as its slot's requests are from the same source. A transaction's low bits are its
 * slot and the others count up, so that a late answer is known for what it is.
 */
final class UdpTransport implements Transport {
  private static final int DATAGRAM_BYTES = 2048;
  private static final long CONNECTION_ID_NANOS = 60_000_000_000L;
  private static final int SLOT_BITS = 16;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

  private final Linux linux;
  private final Poller poller;
  private final Population population;
  private final Slots slots;
  private final Target target;
  private final int numwant;
  private final PeerCheck check;
  private final Listener listener;
  private final MemorySegment remote;
  private final MemorySegment local;
  private final MemorySegment datagram;
  private final ByteBuffer bytes;

  private final int[] sockets;
  private final int[] sources;
  private final int[] transactions;
  private final boolean[] connecting;
  private final long[] connectionIds;
  private final long[] connectedNanos;
  private int counter;
  private long latestNanos;

  UdpTransport(
      Linux linux,
      Poller poller,
      Population population,
      Slots slots,
      Target target,
      int numwant,
      PeerCheck check,
      Listener listener) {
    this.linux = linux;
    this.poller = poller;
    this.population = population;
    this.slots = slots;
    this.target = target;
    this.numwant = numwant;
    this.check = check;
    this.listener = listener;
    Bytes.within("connections", slots.count(), 1, SLOT_MASK);
    remote = SocketAddresses.of(linux, target.address(), target.port());
    local = SocketAddresses.of(linux, target.address(), 0);
    datagram = linux.allocate(DATAGRAM_BYTES);
    bytes = datagram.asByteBuffer();
    sockets = new int[slots.count()];
    sources = new int[slots.count()];
    transactions = new int[slots.count()];
    connecting = new boolean[slots.count()];
    connectionIds = new long[slots.count()];
    connectedNanos = new long[slots.count()];
    Arrays.fill(sockets, -1);
  }

  @Override
  public void send(int slot, long nowNanos) {
    latestNanos = nowNanos;
    int source = population.source(slots.peer(slot));
    boolean connected =
        sockets[slot] >= 0
            && sources[slot] == source
            && nowNanos - connectedNanos[slot] < CONNECTION_ID_NANOS;
    if (sockets[slot] < 0 || sources[slot] != source) {
      open(slot, source);
    }
    transactions[slot] = (++counter << SLOT_BITS) | slot;
    connecting[slot] = !connected;
    if (connected) {
      sendRequest(slot);
    } else {
      bytes.clear();
      UdpMessages.putConnect(bytes, transactions[slot]);
      send(slot, bytes.position());
    }
  }

  private void open(int slot, int source) {
    abandon(slot);
    int socket =
        Linux.must(
            "socket",
            linux.socket(target.ipv6() ? Linux.AF_INET6 : Linux.AF_INET, Linux.SOCK_DGRAM));
    if (!target.ipv6()) {
      SocketAddresses.setIpv4(local, Population.address(source));
    }
    Linux.must("bind", linux.bind(socket, local));
    Linux.must("connect", linux.connect(socket, remote));
    poller.add(socket, Linux.EPOLLIN, slot);
    sockets[slot] = socket;
    sources[slot] = source;
  }

  private void sendRequest(int slot) {
    bytes.clear();
    UdpMessages.putRequest(
        bytes,
        connectionIds[slot],
        transactions[slot],
        population,
        slots.peer(slot),
        slots.kind(slot),
        numwant);
    send(slot, bytes.position());
  }

  /** What the kernel has no room for is lost like any datagram, and times out. */
  private void send(int slot, int length) {
    int sent = linux.send(sockets[slot], datagram, length);
    if (sent < 0 && sent != -Linux.EAGAIN) {
      finish(slot, Verdict.IO_ERROR, 0);
    }
  }

  @Override
  public void ready(int slot, boolean writable) {
    int length = linux.receive(sockets[slot], datagram, DATAGRAM_BYTES);
    if (!slots.isWaiting(slot) || length == -Linux.EAGAIN) {
      return;
    }
    if (length < 0) {
      finish(slot, Verdict.IO_ERROR, 0);
      return;
    }
    if (UdpMessages.transaction(bytes, length) != transactions[slot]) {
      return; // late: its request has timed out
    }
    RequestKind kind = slots.kind(slot);
    if (!connecting[slot]) {
      Verdict verdict = UdpMessages.judge(bytes, length, kind, numwant, target.bytesPerPeer());
      if (verdict == Verdict.OK && check.isDue(kind)) {
        check.begin(slots.peer(slot), kind);
        verdict = UdpMessages.checkPeers(bytes, length, target.bytesPerPeer(), check);
      }
      finish(slot, verdict, UdpMessages.peers(length, target.bytesPerPeer()));
      return;
    }
    Verdict verdict = UdpMessages.judgeConnect(bytes, length);
    if (verdict != Verdict.OK) {
      finish(slot, verdict, 0);
      return;
    }
    connectionIds[slot] = UdpMessages.connectionId(bytes);
    connectedNanos[slot] = latestNanos;
    connecting[slot] = false;
    sendRequest(slot);
  }

  private void finish(int slot, Verdict verdict, int peers) {
    if (verdict != Verdict.OK) {
      abandon(slot);
    }
    listener.finished(slot, verdict, peers);
  }

  @Override
  public void abandon(int slot) {
    if (sockets[slot] >= 0) {
      linux.close(sockets[slot]);
      sockets[slot] = -1;
    }
  }

  @Override
  public void close() {
    for (int slot = 0; slot < sockets.length; slot++) {
      abandon(slot);
    }
  }
}
