package io.trakx.bench.load;

import java.nio.ByteBuffer;

/**
 * The datagrams of BEP 15; numbers in the network's byte order.
 *
 * <pre>
 * connect    magic 8 | action 0 | transaction 4            -> action 4 | transaction 4 | connection id 8
 * announce   connection id 8 | action 1 | transaction 4 | info-hash 20 | peer id 20 | downloaded 8 | left 8
 *            | uploaded 8 | event 4 | address 4 | key 4 | numwant 4 | port 2
 *                  -> action 4 | transaction 4 | interval 4 | leechers 4 | seeders 4 | peers
 * scrape     connection id 8 | action 2 | transaction 4 | info-hash 20
 *                  -> action 4 | transaction 4 | seeders 4 | completed 4 | leechers 4
 * error            -> action 3 | transaction 4 | text
 * </pre>
 */
final class UdpMessages {
  static final int ANNOUNCE_BYTES = 98;
  private static final long MAGIC = 0x41727101980L;
  private static final int CONNECT = 0;
  private static final int ANNOUNCE = 1;
  private static final int SCRAPE = 2;
  private static final int ERROR = 3;
  private static final int HEAD_BYTES = 2 * Integer.BYTES;
  private static final int CONNECTION_ID_BYTES = Long.BYTES;
  private static final int ANNOUNCE_HEAD_BYTES = HEAD_BYTES + 3 * Integer.BYTES;
  private static final int SCRAPE_BYTES = HEAD_BYTES + 3 * Integer.BYTES;
  private static final long LEFT_OF_A_LEECHER = 1 << 20;

  private UdpMessages() {}

  static void putConnect(ByteBuffer target, int transaction) {
    target.putLong(MAGIC).putInt(CONNECT).putInt(transaction);
  }

  static void putRequest(
      ByteBuffer target,
      long connectionId,
      int transaction,
      Population population,
      long peer,
      RequestKind kind,
      int numwant) {
    boolean scrape = kind == RequestKind.SCRAPE;
    target.putLong(connectionId).putInt(scrape ? SCRAPE : ANNOUNCE).putInt(transaction);
    Population.putInfoHash(target, population.swarm(peer));
    if (scrape) {
      return;
    }
    Population.putPeerId(target, peer);
    boolean seeds = kind == RequestKind.COMPLETED || population.seeds(peer);
    target.putLong(0).putLong(seeds ? 0 : LEFT_OF_A_LEECHER).putLong(0);
    target.putInt(kind.udpEvent()).putInt(0).putInt(population.key(peer)).putInt(numwant);
    target.putShort((short) population.port(peer));
  }

  /** The transaction that an answer of some length is for, or -1 if it is too short to tell. */
  static int transaction(ByteBuffer answer, int length) {
    return length < HEAD_BYTES ? -1 : answer.getInt(Integer.BYTES);
  }

  static Verdict judgeConnect(ByteBuffer answer, int length) {
    if (length >= HEAD_BYTES && answer.getInt(0) == ERROR) {
      return Verdict.FAILURE;
    }
    return length == HEAD_BYTES + CONNECTION_ID_BYTES && answer.getInt(0) == CONNECT
        ? Verdict.OK
        : Verdict.BAD_FRAME;
  }

  /** The connection id in an answer that was judged to be right. */
  static long connectionId(ByteBuffer answer) {
    return answer.getLong(HEAD_BYTES);
  }

  static Verdict judge(
      ByteBuffer answer, int length, RequestKind kind, int numwant, int bytesPerPeer) {
    int action = length < HEAD_BYTES ? -1 : answer.getInt(0);
    if (action == ERROR) {
      return Verdict.FAILURE;
    }
    if (kind == RequestKind.SCRAPE) {
      return action == SCRAPE && length == SCRAPE_BYTES ? Verdict.OK : Verdict.BAD_FRAME;
    }
    if (action != ANNOUNCE || length < ANNOUNCE_HEAD_BYTES) {
      return Verdict.BAD_FRAME;
    }
    if (answer.getInt(HEAD_BYTES) <= 0) {
      return Verdict.NO_INTERVAL;
    }
    if ((length - ANNOUNCE_HEAD_BYTES) % bytesPerPeer != 0) {
      return Verdict.BAD_PEERS;
    }
    if (peers(length, bytesPerPeer) > numwant) {
      return Verdict.TOO_MANY_PEERS;
    }
    int leechers = answer.getInt(HEAD_BYTES + Integer.BYTES);
    int seeders = answer.getInt(HEAD_BYTES + 2 * Integer.BYTES);
    boolean counted = leechers >= 0 && seeders >= 0 && leechers + seeders > 0;
    return counted || kind == RequestKind.STOPPED ? Verdict.OK : Verdict.EMPTY_SWARM;
  }

  /** Checks the peers of an announce's answer, begun with, that was found to be right otherwise. */
  static Verdict checkPeers(ByteBuffer answer, int length, int bytesPerPeer, PeerCheck check) {
    check.add(answer, ANNOUNCE_HEAD_BYTES, peers(length, bytesPerPeer), bytesPerPeer);
    int leechers = answer.getInt(HEAD_BYTES + Integer.BYTES);
    int seeders = answer.getInt(HEAD_BYTES + 2 * Integer.BYTES);
    return check.end(seeders, leechers);
  }

  /** How many peers an announce's answer of some length has. */
  static int peers(int length, int bytesPerPeer) {
    return Math.max(0, length - ANNOUNCE_HEAD_BYTES) / bytesPerPeer;
  }
}
