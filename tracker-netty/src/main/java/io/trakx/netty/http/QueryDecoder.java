package io.trakx.netty.http;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.protocol.Scrape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the query of an announce (BEP 3, 7, 21, 23) or of a scrape (BEP 48).
 *
 * <p>Only {@code &} separates parameters, and the first {@code =} in one ends its key. Keys count
 * as they stand, not percent-decoded; so do numbers and {@code event}. Info-hash and peer id are
 * percent-decoded to bytes, and any byte may stand unescaped. Of a repeated key the last value
 * counts, of {@code info_hash} in an announce the first. {@code ip} is kept for who trusts it;
 * {@code ipv4}, {@code ipv6} and all other keys are skipped.
 *
 * <p>Allocates nothing. Reused, not thread-safe.
 */
public final class QueryDecoder {
  private static final int MAX_PORT = 0xffff;
  private static final int PORT_INVALID = -1;

  // The last eight bytes of each known key; see QueryParameter.
  private static final long IP = QueryParameter.word("ip");
  private static final long PORT = QueryParameter.word("port");
  private static final long LEFT = QueryParameter.word("left");
  private static final long EVENT = QueryParameter.word("event");
  private static final long PEER_ID = QueryParameter.word("peer_id");
  private static final long NUMWANT = QueryParameter.word("numwant");
  private static final long COMPACT = QueryParameter.word("compact");
  private static final long UPLOADED = QueryParameter.word("uploaded");
  private static final long INFO_HASH_TAIL = QueryParameter.word("nfo_hash");
  private static final long DOWNLOADED_TAIL = QueryParameter.word("wnloaded");
  private static final long NO_PEER_ID_TAIL = QueryParameter.word("_peer_id");
  private static final int INFO_HASH_LENGTH = "info_hash".length();

  private static final long PAUSED = QueryParameter.word("paused");
  private static final long STARTED = QueryParameter.word("started");
  private static final long STOPPED = QueryParameter.word("stopped");
  private static final long COMPLETED_TAIL = QueryParameter.word("ompleted");

  // Numbers that were none, a bit a key, so that a later value can make good an earlier one.
  private static final int BAD_UPLOADED = 1;
  private static final int BAD_DOWNLOADED = 1 << 1;
  private static final int BAD_LEFT = 1 << 2;
  private static final int BAD_NUMWANT = 1 << 3;

  private final QueryParameter parameter = new QueryParameter();
  private final byte[] hash = new byte[Bytes20.BYTES];
  private final byte[] addressText = new byte[AddressText.MAX_LENGTH];
  private boolean infoHashSeen;
  private boolean infoHashValid;
  private boolean peerIdSeen;
  private boolean peerIdValid;
  private boolean noPeerId;
  private int port;
  private int ipFrom;
  private int ipTo;
  private int badNumbers;

  /**
   * Decodes an announce into {@code request}: resets it and sets all but family and address.
   *
   * @return what is wrong with the announce, the request then being of no use; null if it is fine
   */
  public @Nullable FailureReason announce(
      byte[] buffer, int from, int to, AnnounceRequest request) {
    request.reset();
    infoHashSeen = false;
    infoHashValid = false;
    peerIdSeen = false;
    peerIdValid = false;
    noPeerId = false;
    port = 0;
    ipFrom = 0;
    ipTo = 0;
    badNumbers = 0;
    for (int at = from; at < to; at = parameter.end() + 1) {
      parameter.read(buffer, at, to);
      take(buffer, request);
    }
    request.withPeerIds(!request.compact() && !noPeerId);
    return judge(request);
  }

  private void take(byte[] buffer, AnnounceRequest request) {
    int from = parameter.valueFrom();
    int to = parameter.end();
    long word = parameter.word();
    switch (parameter.keyLength()) {
      case 2 -> {
        if (word == IP) {
          ipFrom = from;
          ipTo = to;
        }
      }
      case 4 -> {
        if (word == LEFT) {
          request.left(amount(buffer, from, to, BAD_LEFT, AnnounceRequest.LEFT_UNKNOWN));
        } else if (word == PORT) {
          port = port(buffer, from, to);
        }
      }
      case 5 -> {
        if (word == EVENT) {
          request.event(event(buffer, from, to));
        }
      }
      case 7 -> {
        if (word == PEER_ID) {
          peerIdSeen = true;
          peerIdValid = PercentText.decode20(buffer, from, to, hash);
          if (peerIdValid) {
            request.peerId().read(hash, 0);
          }
        } else if (word == NUMWANT) {
          long numwant = amount(buffer, from, to, BAD_NUMWANT, AnnounceRequest.NUMWANT_DEFAULT);
          request.numwant((int) Math.min(numwant, Integer.MAX_VALUE));
        } else if (word == COMPACT) {
          request.compact(!isDigit(buffer, from, to, '0'));
        }
      }
      case 8 -> {
        if (word == UPLOADED) {
          request.uploaded(amount(buffer, from, to, BAD_UPLOADED, 0));
        }
      }
      case 9 -> {
        if (!infoHashSeen && isInfoHash(buffer)) {
          infoHashSeen = true;
          infoHashValid = PercentText.decode20(buffer, from, to, hash);
          if (infoHashValid) {
            request.infoHash().read(hash, 0);
          }
        }
      }
      case 10 -> {
        if (word == DOWNLOADED_TAIL && keyStartsWith(buffer, 'd', 'o')) {
          request.downloaded(amount(buffer, from, to, BAD_DOWNLOADED, 0));
        } else if (word == NO_PEER_ID_TAIL && keyStartsWith(buffer, 'n', 'o')) {
          noPeerId = isDigit(buffer, from, to, '1');
        }
      }
      default -> {
        // Not for us.
      }
    }
  }

  private @Nullable FailureReason judge(AnnounceRequest request) {
    if (!infoHashSeen) {
      return FailureReason.MISSING_INFO_HASH;
    }
    if (!infoHashValid) {
      return FailureReason.INVALID_INFO_HASH;
    }
    if (!peerIdSeen) {
      return FailureReason.MISSING_PEER_ID;
    }
    if (!peerIdValid) {
      return FailureReason.INVALID_PEER_ID;
    }
    // A client that leaves may have closed its port already.
    if (port == PORT_INVALID || (port == 0 && request.event() != AnnounceEvent.STOPPED)) {
      return FailureReason.INVALID_PORT;
    }
    request.address().port(port);
    return badNumbers == 0 ? null : FailureReason.INVALID_NUMBER;
  }

  /**
   * Sets family and address of {@code target} to what the last announce decoded said in {@code ip};
   * what is no address, or none at all, leaves it as it was. Anybody may claim any address there.
   *
   * @param buffer the bytes that the announce was decoded from
   */
  public void statedAddress(byte[] buffer, PeerAddress target) {
    int length = PercentText.decode(buffer, ipFrom, ipTo, addressText, addressText.length);
    if (length > 0) {
      AddressText.parse(addressText, 0, length, target);
    }
  }

  /**
   * Decodes a scrape into {@code scrape}: empties it and adds each info-hash once, in the order of
   * the query, until it is full; what follows then is not looked at.
   *
   * @return what is wrong with the scrape; null if it is fine, also if it names no info-hash
   */
  public @Nullable FailureReason scrape(byte[] buffer, int from, int to, Scrape scrape) {
    scrape.reset();
    for (int at = from; at < to && scrape.size() < scrape.capacity(); at = parameter.end() + 1) {
      parameter.read(buffer, at, to);
      if (parameter.keyLength() != INFO_HASH_LENGTH || !isInfoHash(buffer)) {
        continue;
      }
      if (!PercentText.decode20(buffer, parameter.valueFrom(), parameter.end(), hash)) {
        return FailureReason.INVALID_INFO_HASH;
      }
      if (!contains(scrape, hash)) {
        scrape.add(hash, 0);
      }
    }
    return null;
  }

  private static boolean contains(Scrape scrape, byte[] hash) {
    byte[] known = scrape.infoHashes();
    int end = scrape.size() * Bytes20.BYTES;
    for (int at = 0; at < end; at += Bytes20.BYTES) {
      if (Arrays.equals(known, at, at + Bytes20.BYTES, hash, 0, Bytes20.BYTES)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInfoHash(byte[] buffer) {
    return parameter.word() == INFO_HASH_TAIL && buffer[parameter.keyFrom()] == 'i';
  }

  private boolean keyStartsWith(byte[] buffer, char first, char second) {
    int at = parameter.keyFrom();
    return buffer[at] == first && buffer[at + 1] == second;
  }

  /** The number in the range, {@code unsaid} if there is none or it is negative. */
  private long amount(byte[] buffer, int from, int to, int badBit, long unsaid) {
    badNumbers &= ~badBit;
    if (from == to) {
      return unsaid;
    }
    long value = DecimalText.parse(buffer, from, to);
    if (value == DecimalText.NOT_A_NUMBER) {
      badNumbers |= badBit;
    }
    return value < 0 ? unsaid : value;
  }

  private static int port(byte[] buffer, int from, int to) {
    if (from == to) {
      return 0;
    }
    long value = DecimalText.parse(buffer, from, to);
    return value < 0 || value > MAX_PORT ? PORT_INVALID : (int) value;
  }

  private static boolean isDigit(byte[] buffer, int from, int to, char digit) {
    return to - from == 1 && buffer[from] == digit;
  }

  private static AnnounceEvent event(byte[] buffer, int from, int to) {
    long word = Ascii.lastBytes(buffer, from, to);
    return switch (to - from) {
      case 6 -> word == PAUSED ? AnnounceEvent.PAUSED : AnnounceEvent.NONE;
      case 7 -> startedOrStopped(word);
      case 9 ->
          word == COMPLETED_TAIL && buffer[from] == 'c'
              ? AnnounceEvent.COMPLETED
              : AnnounceEvent.NONE;
      default -> AnnounceEvent.NONE;
    };
  }

  private static AnnounceEvent startedOrStopped(long word) {
    if (word == STARTED) {
      return AnnounceEvent.STARTED;
    }
    return word == STOPPED ? AnnounceEvent.STOPPED : AnnounceEvent.NONE;
  }
}
