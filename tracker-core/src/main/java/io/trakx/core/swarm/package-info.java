/**
 * The swarm store: who is in which swarm, in memory, packed, lock-striped.
 *
 * <pre>
 * SwarmStore
 *  ├─ Stripe ×1024          one lock; open-addressed table: info-hash → Swarm; marks of changes
 *  │    └─ Swarm            info-hash, completed count, how much of it the database lacks
 *  │         ├─ PeerTable   IPv4: seeders and leechers in one byte[]; PeerIndex when large
 *  │         └─ PeerTable   IPv6: the same
 *  └─ UniqueAddresses       how many peers each address has, for the exact number of addresses
 * ChangeLog                 takes marked torrents to a database, batch by batch
 * SwarmExport, SwarmImport  take all swarms out of a store and into one, slice by slice
 * </pre>
 *
 * <p><b>Locks.</b> All of a stripe, its swarms and their tables is guarded by the stripe's monitor;
 * a thread holds one stripe at a time. Under it, it may take the monitor of one segment of {@link
 * io.trakx.core.swarm.UniqueAddresses}, never the other way round. Monitors and not {@code
 * java.util.concurrent} locks, since those allocate queue nodes when threads meet.
 *
 * <p><b>Hot path.</b> Nothing here allocates for an announce of a known peer. A new peer may make
 * its swarm's array grow by an eighth; that is storage, not garbage.
 *
 * <p><b>Memory.</b> Bytes of live heap a peer, IPv4, every peer with an address of its own, compact
 * object headers ({@code StoreMemoryTest} measures it):
 *
 * <pre>
 *                                  20 in each of   1 in each of   1,000,000
 *                                   50,000 swarms  100,000 swarms  in one swarm
 * PeerTable: rows of 28, slack              29.4           28.0          30.4
 * PeerIndex: entries                                                      5.5
 * SwarmTable: hashes, references             0.7           12.8           0.1
 * AddressCounts: rows                       11.2           11.6          11.2
 * objects, headers of arrays                 5.0           95.0           6.2
 * all                                       46.2          147.4          53.4
 * </pre>
 */
@NullMarked
package io.trakx.core.swarm;

import org.jspecify.annotations.NullMarked;
