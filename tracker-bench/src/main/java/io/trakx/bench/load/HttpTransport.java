package io.trakx.bench.load;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One TCP connection a slot, for one request or kept alive.
 *
 * <p>The request is sent right after connecting without waiting for the handshake, which on a
 * loopback device is over by then; where it is not, the kernel says so and the request is sent when
 * the socket can be written. A kept connection that the tracker closed between two requests is made
 * again, as clients do.
 */
final class HttpTransport implements Transport {
  private static final int REQUEST_BYTES = 1024;
  private static final int ANSWER_BYTES = 8192;

  private final Linux linux;
  private final Poller poller;
  private final Population population;
  private final Slots slots;
  private final Target target;
  private final int numwant;
  private final boolean keepAlive;
  private final PeerCheck check;
  private final Listener listener;
  private final MemorySegment remote;
  private final MemorySegment local;
  private final MemorySegment requestBytes;
  private final ByteBuffer request;
  private final HttpRequestWriter writer;
  private final HttpAnswer answer = new HttpAnswer();

  private final MemorySegment[] answerBytes;
  private final ByteBuffer[] answers;
  private final int[] sockets;
  private final int[] sources;
  private final int[] received;
  private final boolean[] unsent;
  private final boolean[] fresh;

  HttpTransport(
      Linux linux,
      Poller poller,
      Population population,
      Slots slots,
      Target target,
      int numwant,
      boolean keepAlive,
      PeerCheck check,
      Listener listener) {
    this.linux = linux;
    this.poller = poller;
    this.population = population;
    this.slots = slots;
    this.target = target;
    this.numwant = numwant;
    this.keepAlive = keepAlive;
    this.check = check;
    this.listener = listener;
    remote = SocketAddresses.of(linux, target.address(), target.port());
    local = SocketAddresses.of(linux, target.address(), 0);
    requestBytes = linux.allocate(REQUEST_BYTES);
    request = requestBytes.asByteBuffer();
    writer = new HttpRequestWriter(target, population, numwant, keepAlive);
    int count = slots.count();
    answerBytes = new MemorySegment[count];
    answers = new ByteBuffer[count];
    for (int slot = 0; slot < count; slot++) {
      answerBytes[slot] = linux.allocate(ANSWER_BYTES);
      answers[slot] = answerBytes[slot].asByteBuffer();
    }
    sockets = new int[count];
    sources = new int[count];
    received = new int[count];
    unsent = new boolean[count];
    fresh = new boolean[count];
    Arrays.fill(sockets, -1);
  }

  @Override
  public void send(int slot, long nowNanos) {
    received[slot] = 0;
    if (sockets[slot] >= 0 && sources[slot] != population.source(slots.peer(slot))) {
      abandon(slot);
    }
    if (sockets[slot] < 0) {
      open(slot);
    } else {
      fresh[slot] = false;
      write(slot);
    }
  }

  private void open(int slot) {
    int family = target.ipv6() ? Linux.AF_INET6 : Linux.AF_INET;
    int socket = Linux.must("socket", linux.socket(family, Linux.SOCK_STREAM));
    sockets[slot] = socket;
    fresh[slot] = true;
    sources[slot] = population.source(slots.peer(slot));
    if (!target.ipv6()) {
      Linux.must(
          "setsockopt", linux.switchOn(socket, Linux.IPPROTO_IP, Linux.IP_BIND_ADDRESS_NO_PORT));
      SocketAddresses.setIpv4(local, Population.address(sources[slot]));
      Linux.must("bind", linux.bind(socket, local));
    }
    int connected = linux.connect(socket, remote);
    if (connected < 0 && connected != -Linux.EINPROGRESS) {
      finish(slot, Verdict.IO_ERROR);
      return;
    }
    if (!write(slot)) {
      return;
    }
    poller.add(socket, unsent[slot] ? Linux.EPOLLOUT : Linux.EPOLLIN, slot);
  }

  /** Writes a slot's request; false if that failed and the slot is done. */
  private boolean write(int slot) {
    request.clear();
    writer.put(request, slots.peer(slot), slots.kind(slot));
    int sent = linux.send(sockets[slot], requestBytes, request.position());
    unsent[slot] = sent == -Linux.EAGAIN;
    if (unsent[slot] || sent == request.position()) {
      return true;
    }
    return failed(slot, Verdict.IO_ERROR);
  }

  /** Makes a kept connection again if that is what was wrong, else gives the request up. */
  private boolean failed(int slot, Verdict verdict) {
    if (fresh[slot] || received[slot] > 0) {
      finish(slot, verdict);
      return false;
    }
    abandon(slot);
    open(slot);
    return false;
  }

  @Override
  public void ready(int slot, boolean writable) {
    if (!slots.isWaiting(slot)) {
      abandon(slot); // a kept connection that the tracker closed
      return;
    }
    if (unsent[slot] && writable) {
      if (write(slot) && !unsent[slot]) {
        poller.change(sockets[slot], Linux.EPOLLIN, slot);
      }
      return;
    }
    int room = ANSWER_BYTES - received[slot];
    int length =
        linux.receive(sockets[slot], answerBytes[slot].asSlice(received[slot], room), room);
    if (length == -Linux.EAGAIN) {
      return;
    }
    if (length <= 0 && received[slot] == 0) {
      failed(slot, length < 0 ? Verdict.IO_ERROR : Verdict.TRUNCATED);
      return;
    }
    if (length < 0) {
      finish(slot, Verdict.IO_ERROR);
      return;
    }
    received[slot] += length;
    Verdict verdict =
        answer.judge(
            answers[slot],
            received[slot],
            length == 0,
            slots.kind(slot),
            population.swarm(slots.peer(slot)),
            numwant);
    if (verdict == Verdict.OK && check.isDue(slots.kind(slot))) {
      verdict = answer.checkPeers(answers[slot], check, slots.peer(slot), slots.kind(slot));
    }
    if (verdict != Verdict.INCOMPLETE) {
      finish(slot, verdict);
    }
  }

  private void finish(int slot, Verdict verdict) {
    if (verdict != Verdict.OK || !keepAlive) {
      abandon(slot);
    }
    listener.finished(slot, verdict, answer.peers());
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
