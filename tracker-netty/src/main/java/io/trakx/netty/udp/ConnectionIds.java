package io.trakx.netty.udp;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Makes and checks connection ids without remembering any: an id is a keyed hash of the client's
 * address and the time.
 *
 * <pre>
 * bit   63              48                              0
 *       | slot mod 2^16 | SipHash(key, address and slot) |
 *
 * hash's input   | address 16, IPv4 as ::ffff:a.b.c.d | slot 4 |
 * </pre>
 *
 * <p>A slot is {@value #SLOT_SECONDS} seconds, counted from the start of the process. The whole
 * slot is hashed, so that an id does not come to life again when the bits that it shows wrap around
 * after a week.
 *
 * <p><b>Whom it keeps out.</b> Somebody who writes a victim's address as the sender of a datagram,
 * and receives nothing that is sent there. He wants the tracker's answers to bury the victim, or
 * the victim's address in swarms, so that peers knock there. What he can try:
 *
 * <ul>
 *   <li>Guess: 48 bits, a datagram a guess, and no answer tells him whether he hit. At a million
 *       guesses a second the first hit takes years, and serves for minutes.
 *   <li>Compute: he may ask for ids of addresses of his own as often as he likes. SipHash is a
 *       pseudorandom function under a key of 128 bits drawn at the start; no way is known to get
 *       the key or another address's hash out of such pairs, of the variant with one and three
 *       rounds neither, although its authors recommend more rounds where speed counts less. A break
 *       would be worth minutes of a little amplification, and a restart changes the key.
 *   <li>Reuse: an id of the past is refused once it has come of age; one that claims a slot of the
 *       future is refused, too. Ids of another run of the tracker mean nothing.
 * </ul>
 *
 * <p><b>Whom it lets in.</b> Whoever sees traffic to the victim, such as a neighbour behind the
 * same address translation: addresses count, ports do not, since translators change ports between
 * two datagrams. And for at most the configured age whoever had the address before.
 *
 * <p>Immutable, thread-safe, makes no garbage.
 */
final class ConnectionIds {
  /** How long a slot is. */
  static final int SLOT_SECONDS = 10;

  /** An id is accepted for at least this long, as BEP 15 demands. */
  static final Duration MIN_LIFETIME = Duration.ofMinutes(2);

  /** The least of what can be configured for the most: slots are coarse. */
  static final Duration MIN_MAX_AGE = MIN_LIFETIME.plusSeconds(SLOT_SECONDS);

  private static final int HASH_BITS = 48;
  private static final int SLOT_MASK = 0xffff;
  private static final long HASH_MASK = (1L << HASH_BITS) - 1;
  private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(SLOT_SECONDS);
  private static final long MAPPED_PREFIX = 0xffffL << 32;
  private static final int INPUT_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final SipHash hash;
  private final LongSupplier nanoClock;
  private final long originNanos;
  private final int maxAgeSlots;

  /**
   * @param maxAge how old an id may be at most; {@link #MIN_MAX_AGE} or more
   * @param key draws the key
   * @param nanoClock the time, such as {@link System#nanoTime}
   */
  ConnectionIds(Duration maxAge, RandomGenerator key, LongSupplier nanoClock) {
    this.hash = new SipHash(key.nextLong(), key.nextLong());
    this.nanoClock = nanoClock;
    this.originNanos = nanoClock.getAsLong();
    // An id of a slot's first moment and of its last end together; neither gets too old.
    long slots = maxAge.toSeconds() / SLOT_SECONDS - 1;
    if (maxAge.compareTo(MIN_MAX_AGE) < 0 || slots > SLOT_MASK >> 1) {
      throw new IllegalArgumentException("no age for connection ids: " + maxAge);
    }
    this.maxAgeSlots = (int) slots;
  }

  /** The id for {@code client} now; its port does not count. */
  long issue(PeerAddress client) {
    return id(client, slot());
  }

  /** Whether {@code id} was issued to {@code client} and is not too old. */
  boolean accepts(long id, PeerAddress client) {
    int now = slot();
    // The future is more than 2^15 slots old.
    int age = (now - (int) (id >>> HASH_BITS)) & SLOT_MASK;
    return age <= maxAgeSlots && id == id(client, now - age);
  }

  private int slot() {
    return (int) ((nanoClock.getAsLong() - originNanos) / SLOT_NANOS);
  }

  private long id(PeerAddress client, int slot) {
    long low = client.low();
    if (client.family() == AddressFamily.IPV4) {
      low |= MAPPED_PREFIX;
    }
    long hashed = hash.hash(client.high(), low, SipHash.lastWord(INPUT_BYTES, slot & 0xffff_ffffL));
    return (long) slot << HASH_BITS | (hashed & HASH_MASK);
  }
}
