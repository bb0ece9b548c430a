package io.trakx.netty.persistence;

import java.time.Instant;
import java.util.Optional;

/**
 * A torrent that no tracker of this database serves.
 *
 * @param infoHash 40 lower-case hexadecimal digits
 * @param reason for the operators, and for clients
 * @param since when it was banned, to the second
 */
public record Ban(String infoHash, Optional<String> reason, Instant since) {}
