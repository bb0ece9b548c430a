package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;
import java.util.List;

/**
 * The networks whose word on who the client is gets taken. Immutable, thread-safe.
 *
 * <p>An IPv4-mapped IPv6 network is the IPv4 network it stands for, as with {@link PeerAddress}.
 */
public final class TrustedProxies {
  /** Nobody is trusted. */
  public static final TrustedProxies NONE = new TrustedProxies(new Network[0]);

  private static final int MAPPED_PREFIX_BITS = 96;

  private final Network[] networks;

  private TrustedProxies(Network[] networks) {
    this.networks = networks;
  }

  /**
   * Reads networks such as {@code 10.0.0.0/8} and {@code fd00::/8}, or single addresses.
   *
   * @throws IllegalArgumentException if one of them is none; the message names it and the reason
   */
  public static TrustedProxies parse(List<String> networks) {
    return new TrustedProxies(
        networks.stream().map(TrustedProxies::network).toArray(Network[]::new));
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    String addressText = slash < 0 ? text : text.substring(0, slash);
    boolean ipv6 = addressText.indexOf(':') != addressText.lastIndexOf(':');
    boolean withPort = addressText.startsWith("[") || (addressText.indexOf(':') >= 0 && !ipv6);
    PeerAddress address = new PeerAddress();
    byte[] bytes = addressText.getBytes(US_ASCII);
    if (withPort || !AddressText.parse(bytes, 0, bytes.length, address)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not an IPv4 or IPv6 address or network such as 10.0.0.0/8");
    }
    boolean mapped = ipv6 && address.family() == AddressFamily.IPV4;
    int most = (ipv6 ? AddressFamily.IPV6 : AddressFamily.IPV4).addressBytes() * Byte.SIZE;
    int least = mapped ? MAPPED_PREFIX_BITS : 0;
    int prefix = slash < 0 ? most : prefix(text, text.substring(slash + 1), least, most);
    Network network = Network.of(address, prefix - least);
    if (network.high() != address.high() || network.low() != address.low()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has bits set beyond its prefix of " + prefix + " bits");
    }
    return network;
  }

  private static int prefix(String text, String prefixText, int least, int most) {
    if (prefixText.matches("[0-9]{1,3}")) {
      int prefix = Integer.parseInt(prefixText);
      if (prefix >= least && prefix <= most) {
        return prefix;
      }
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" needs a prefix of " + least + " to " + most + " bits behind its slash");
  }

  /** Whether nobody is trusted. */
  public boolean isEmpty() {
    return networks.length == 0;
  }

  /** Whether {@code address} lies in one of the networks; its port does not matter. */
  public boolean contains(PeerAddress address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** The addresses of a family that agree with {@code high} and {@code low} in the masks' bits. */
  private record Network(AddressFamily family, long high, long low, long highMask, long lowMask) {
    static Network of(PeerAddress address, int prefixBits) {
      boolean ipv4 = address.family() == AddressFamily.IPV4;
      long highMask = ipv4 ? 0 : leadingOnes(prefixBits);
      long lowMask =
          ipv4 ? leadingOnes(Integer.SIZE + prefixBits) : leadingOnes(prefixBits - Long.SIZE);
      return new Network(
          address.family(), address.high() & highMask, address.low() & lowMask, highMask, lowMask);
    }

    private static long leadingOnes(int count) {
      if (count <= 0) {
        return 0;
      }
      return count >= Long.SIZE ? -1 : -1L << (Long.SIZE - count);
    }

    boolean contains(PeerAddress address) {
      return address.family() == family
          && (address.high() & highMask) == high
          && (address.low() & lowMask) == low;
    }
  }
}
