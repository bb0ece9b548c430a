package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** The statement that adds a batch to the rows there are, as each server wants it. */
class TorrentSqlTest {
  private static final String INSERT =
      "insert into torrent (info_hash, seeders, leechers, completed, first_seen, last_seen, writer,"
          + " sequence) values (?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?)";

  @Test
  void refersToItsRowByAnAliasForMySql() {
    assertThat(sql(SQLDialect.MYSQL))
        .isEqualTo(
            INSERT
                + " as excluded on duplicate key update torrent.seeders = excluded.seeders,"
                + " torrent.leechers = excluded.leechers, torrent.completed = (torrent.completed +"
                + " excluded.completed), torrent.last_seen = excluded.last_seen, torrent.writer ="
                + " excluded.writer, torrent.sequence = excluded.sequence");
  }

  @Test
  void refersToItsRowByValuesForMariaDb() {
    assertThat(sql(SQLDialect.MARIADB))
        .isEqualTo(
            INSERT
                + " on duplicate key update torrent.seeders = values(seeders), torrent.leechers ="
                + " values(leechers), torrent.completed = (torrent.completed + values(completed)),"
                + " torrent.last_seen = values(last_seen), torrent.writer = values(writer),"
                + " torrent.sequence = values(sequence)");
  }

  private static String sql(SQLDialect dialect) {
    return TorrentUpsert.text(DSL.using(dialect, Database.settings()), 2);
  }
}
