package io.trakx.netty.http;

import io.trakx.core.protocol.PeerAddress;

/**
 * Finds the client behind trusted proxies in the lines of the client address header.
 *
 * <p>Each proxy appends the address it was called from. So the addresses are walked from the last
 * one to the first, and the first one that is not a trusted proxy's is the client's; whatever
 * stands before it was said by the client and may be forged. If all are trusted, the client is the
 * one that stands first. Allocates nothing; thread-safe.
 */
public final class ForwardedAddress {
  private ForwardedAddress() {}

  /**
   * Finds the client. Whether the connection comes from a trusted proxy is for the caller to know.
   *
   * @param buffer where {@code head} was parsed
   * @param head a head parsed with its client address header set
   * @param proxies whose word is taken
   * @param address gets the client's family and address, its port stays; of no use if false is
   *     returned
   * @return false if the header is missing, or what is met on the way is not an address
   */
  public static boolean find(
      byte[] buffer, RequestHead head, TrustedProxies proxies, PeerAddress address) {
    for (int line = head.forwardedLines() - 1; line >= 0; line--) {
      int from = head.forwardedFrom(line);
      int to = head.forwardedTo(line);
      while (to >= from) {
        int element = to;
        while (element > from && buffer[element - 1] != ',') {
          element--;
        }
        int start = Ascii.skipBlanks(buffer, element, to);
        if (!AddressText.parse(buffer, start, Ascii.trimEnd(buffer, start, to), address)) {
          return false;
        }
        if (!proxies.contains(address)) {
          return true;
        }
        to = element - 1;
      }
    }
    return head.forwardedLines() > 0;
  }
}
