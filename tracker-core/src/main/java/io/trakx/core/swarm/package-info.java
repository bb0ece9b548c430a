/**
 * The swarm store: who is in which swarm, in memory, packed, lock-striped.
 *
 * <pre>
 * SwarmStore
 *  ├─ Stripe ×1024          one lock; open-addressed table: info-hash → Swarm
 *  │    └─ Swarm            info-hash, completed count
 *  │         ├─ PeerTable   IPv4: seeders and leechers in one byte[]; PeerIndex when large
 *  │         └─ PeerTable   IPv6: the same
 *  └─ UniqueAddresses       how many peers each address has, for the exact number of addresses
 * </pre>
 *
 * <p><b>Locks.</b> All of a stripe, its swarms and their tables is guarded by the stripe's monitor;
 * a thread holds one stripe at a time. Under it, it may take the monitor of one segment of {@link
 * io.trakx.core.swarm.UniqueAddresses}, never the other way round. Monitors and not {@code
 * java.util.concurrent} locks, since those allocate queue nodes when threads meet.
 *
 * <p><b>Hot path.</b> Nothing here allocates for an announce of a known peer. A new peer may make
 * its swarm's array grow by a quarter; that is storage, not garbage.
 */
@NullMarked
package io.trakx.core.swarm;

import org.jspecify.annotations.NullMarked;
