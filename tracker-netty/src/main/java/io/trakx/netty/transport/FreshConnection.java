package io.trakx.netty.transport;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A connection just accepted, of which no event loop knows yet. To receive, answer and close it
 * here takes three system calls, and none of what a channel needs to be set up and torn down.
 *
 * <p>Valid only in the call that it is handed to, on the event loop that accepted it.
 *
 * <p>The address lies as Netty's native code leaves it:
 *
 * <pre>
 * offset   IPv4                     IPv6
 *      0   length of the rest: 8    length of the rest: 24
 *      1   address, 4 bytes         address, 16 bytes
 *      5   port, 4 bytes
 *     17                            scope, 4 bytes
 *     21                            port, 4 bytes
 * </pre>
 */
public final class FreshConnection extends BareConnection {
  private static final Logger LOG = LogManager.getLogger(FreshConnection.class);

  static final int ADDRESS_BYTES = 25;
  private static final int LENGTH = 0;
  private static final int ADDRESS = LENGTH + 1;
  private static final int IPV4_LENGTH = 2 * Integer.BYTES;

  private final ByteBuffer address;
  private @Nullable KeptConnection kept;

  /**
   * @param address the client's, as above
   */
  FreshConnection(int fd, ByteBuffer address) {
    super(new Socket(fd));
    this.address = address;
  }

  /** Whether the client's address is one of IPv4. */
  public boolean isIpv4() {
    return address.get(LENGTH) == IPV4_LENGTH;
  }

  /** The client's IPv4 address, in network order. */
  public int ipv4() {
    return address.getInt(ADDRESS);
  }

  /** The first half of the client's IPv6 address, in network order. */
  public long ipv6High() {
    return address.getLong(ADDRESS);
  }

  /** The second half of the client's IPv6 address, in network order. */
  public long ipv6Low() {
    return address.getLong(ADDRESS + Long.BYTES);
  }

  /**
   * Keeps the connection open after the call that it was handed to, for {@code owner}, who is
   * called when something has arrived. What is sent from now on goes at once.
   */
  public KeptConnection keep(KeptConnection.Owner owner) {
    try {
      socket().setIntOpt(LinuxOption.IPPROTO_TCP, LinuxOption.CORK, 0);
    } catch (IOException e) {
      LOG.debug("a connection stays corked: {}", e.toString());
    }
    kept = new KeptConnection(socket(), owner);
    return kept;
  }

  /** What {@link #keep} made; null: the connection is not to be kept. */
  @Nullable KeptConnection kept() {
    return kept;
  }
}
