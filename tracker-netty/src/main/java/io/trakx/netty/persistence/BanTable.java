package io.trakx.netty.persistence;

import static io.trakx.netty.persistence.jooq.Tables.BAN;
import static io.trakx.netty.persistence.jooq.Tables.BAN_REVISION;
import static org.jooq.impl.DSL.excluded;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The bans, and a number that every change of them raises: trackers look at that often. */
final class BanTable {
  /** The longest reason kept, in characters; the rest is cut off. */
  private static final int MAX_REASON_LENGTH = 200;

  private static final HexFormat HEX = HexFormat.of();

  private BanTable() {}

  /**
   * Bans a torrent, or gives its ban another reason.
   *
   * @return whether it was not banned before
   */
  static boolean add(DSLContext sql, Ban ban) {
    byte[] infoHash = HEX.parseHex(ban.infoHash());
    boolean known = sql.fetchExists(BAN, BAN.INFO_HASH.eq(infoHash));
    sql.insertInto(BAN, BAN.INFO_HASH, BAN.REASON, BAN.SINCE)
        .values(infoHash, reason(ban.reason()), ban.since().getEpochSecond())
        .onDuplicateKeyUpdate()
        .set(BAN.REASON, excluded(BAN.REASON))
        .execute();
    raiseRevision(sql);
    return !known;
  }

  /**
   * Lifts a ban.
   *
   * @return whether there was one
   */
  static boolean remove(DSLContext sql, String infoHash) {
    int removed = sql.deleteFrom(BAN).where(BAN.INFO_HASH.eq(HEX.parseHex(infoHash))).execute();
    if (removed > 0) {
      raiseRevision(sql);
    }
    return removed > 0;
  }

  /** All bans, in the order of their info-hashes. */
  static List<Ban> all(DSLContext sql) {
    return sql.select(BAN.INFO_HASH, BAN.REASON, BAN.SINCE)
        .from(BAN)
        .orderBy(BAN.INFO_HASH)
        .fetch(
            row ->
                new Ban(
                    HEX.formatHex(row.value1()),
                    Optional.ofNullable(row.value2()),
                    Instant.ofEpochSecond(row.value3())));
  }

  /** The number that changes with the bans. */
  static long revision(DSLContext sql) {
    Long revision =
        sql.select(BAN_REVISION.REVISION).from(BAN_REVISION).fetchOne(BAN_REVISION.REVISION);
    return revision == null ? 0 : revision;
  }

  private static void raiseRevision(DSLContext sql) {
    sql.update(BAN_REVISION).set(BAN_REVISION.REVISION, BAN_REVISION.REVISION.plus(1)).execute();
  }

  private static @Nullable String reason(Optional<String> reason) {
    return reason.map(text -> text.length() <= MAX_REASON_LENGTH ? text : cut(text)).orElse(null);
  }

  private static String cut(String text) {
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_REASON_LENGTH - 1));
    return text.substring(0, splitsPair ? MAX_REASON_LENGTH - 1 : MAX_REASON_LENGTH);
  }
}
