package io.trakx.netty.persistence;

import static java.util.stream.Collectors.joining;

import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.TorrentChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * How a batch gets into the rows of the embedded database ({@link EmbeddedTorrents}): by prepared
 * statements that take arrays. First the torrents' ids are looked up, if they are not known, and
 * made for those that have none; then their counts are put into their blocks, whatever else is in
 * these.
 *
 * <p>In between nobody else may delete or add torrents: one thread of one process writes to an
 * embedded database.
 */
final class TorrentBlocks {
  private static final int PLACES = EmbeddedTorrents.PLACES;

  // Less than a millisecond's worth, after which others may have the core.
  private static final int TORRENTS_A_REST = 500;
  private static final int TORRENTS_A_LOOKUP = 200;
  private static final int BLOCKS_A_STATEMENT = 16;

  private static final String LOOK_UP =
      """
      select b.place, h.id from unnest(cast(?1 as binary(20) array)) with ordinality b(info_hash, place)
        join torrent_hash h on h.info_hash = b.info_hash
      """;

  private static final String INSERT =
      """
      insert into torrent_hash (info_hash, first_seen)
        select b.info_hash, ?2 from unnest(cast(?1 as binary(20) array)) b(info_hash)
        left join torrent_hash h on h.info_hash = b.info_hash
        where h.id is null
      """;

  /** What a batch has in common, then a block's number and its torrents' counts, or nulls. */
  private static final int SEEN = 1;

  private static final int WRITER = 2;
  private static final int SEQUENCE = 3;
  private static final int BLOCKS = 4;
  private static final int COLUMNS = 1 + 3 * PLACES;

  private static final String MERGE =
      "merge into torrent_block t using (select * from unnest(cast(?4 as bigint array), "
          + parameters(BLOCKS + 1, "int")
          + ", "
          + parameters(BLOCKS + 1 + PLACES, "int")
          + ", "
          + parameters(BLOCKS + 1 + 2 * PLACES, "bigint")
          + ") b(id, "
          + each("seeders#")
          + ", "
          + each("leechers#")
          + ", "
          + each("completed#")
          + ")) c on t.id = c.id when matched then update set seeders = "
          + array("coalesce(c.seeders#, t.seeders[#])")
          + ", leechers = "
          + array("coalesce(c.leechers#, t.leechers[#])")
          + ", completed = "
          + array("coalesce(t.completed[#] + c.completed#, c.completed#, t.completed[#])")
          + ", last_seen = "
          + array("case when c.seeders# is null then t.last_seen[#] else ?1 end")
          + ", writer = "
          + array("case when c.seeders# is null then t.writer[#] else ?2 end")
          + ", sequence = "
          + array("case when c.seeders# is null then t.sequence[#] else ?3 end")
          + " when not matched then insert"
          + " (id, seeders, leechers, completed, last_seen, writer, sequence) values (c.id, "
          + array("c.seeders#")
          + ", "
          + array("c.leechers#")
          + ", "
          + array("c.completed#")
          + ", "
          + array("case when c.seeders# is not null then cast(?1 as bigint) end")
          + ", "
          + array("case when c.seeders# is not null then cast(?2 as int) end")
          + ", "
          + array("case when c.seeders# is not null then cast(?3 as bigint) end")
          + ")";

  private final TorrentTable.Origin origin;
  private final TorrentChanges batch;
  private final TorrentIds ids;
  private final Bytes20 scratch = new Bytes20();

  /**
   * @param ids of this database's torrents
   */
  TorrentBlocks(TorrentTable.Origin origin, TorrentChanges batch, TorrentIds ids) {
    this.origin = origin;
    this.batch = batch;
    this.ids = ids;
  }

  /** For each place of a block. */
  private static String each(String place) {
    return IntStream.rangeClosed(1, PLACES)
        .mapToObj(number -> place.replace("#", Integer.toString(number)))
        .collect(joining(", "));
  }

  private static String array(String place) {
    return "array[" + each(place) + "]";
  }

  private static String parameters(int first, String type) {
    return IntStream.range(first, first + PLACES)
        .mapToObj(number -> "cast(?%d as %s array)".formatted(number, type))
        .collect(joining(", "));
  }

  /**
   * Writes it, in the transaction that {@code sql} is in.
   *
   * @param rest called after each statement
   * @throws DataAccessException if the database fails
   */
  void write(DSLContext sql, Runnable rest) {
    sql.connection(
        connection -> {
          Place[] places = places(connection, rest);
          Arrays.sort(places);
          merge(connection, places, rest);
        });
  }

  /** Where a torrent's counts are. */
  private record Place(long id, int index) implements Comparable<Place> {
    long block() {
      return id / PLACES;
    }

    int number() {
      return (int) (id % PLACES);
    }

    @Override
    public int compareTo(Place other) {
      return Long.compare(id, other.id);
    }
  }

  private Place[] places(Connection connection, Runnable rest) throws SQLException {
    Place[] places = new Place[batch.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = known(i);
      if (i % TORRENTS_A_REST == 0) {
        rest.run();
      }
    }
    int[] unknown =
        TorrentTable.order(batch, IntStream.range(0, places.length).filter(i -> places[i] == null));
    try (PreparedStatement lookUp = connection.prepareStatement(LOOK_UP);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(2, origin.now().getEpochSecond());
      for (int from = 0; from < unknown.length; from += TORRENTS_A_LOOKUP) {
        int to = Math.min(from + TORRENTS_A_LOOKUP, unknown.length);
        int[] some = Arrays.copyOfRange(unknown, from, to);
        Object[] infoHashes = infoHashes(some);
        lookUp.setObject(1, infoHashes);
        int found = lookUp(lookUp, some, places);
        // But not what follows, which may be undone.
        remember(some, places);
        if (found < some.length) {
          rest.run();
          insert.setObject(1, infoHashes);
          insert.executeUpdate();
          rest.run();
          lookUp(lookUp, some, places);
        }
        rest.run();
      }
    }
    return places;
  }

  private @Nullable Place known(int index) {
    batch.infoHash(index, scratch);
    @Nullable Long id = ids.find(scratch);
    return id == null ? null : new Place(id, index);
  }

  private void remember(int[] indexes, Place[] places) {
    for (int index : indexes) {
      @Nullable Place place = places[index];
      if (place != null) {
        batch.infoHash(index, scratch);
        ids.add(scratch, place.id());
      }
    }
  }

  private Object[] infoHashes(int[] indexes) {
    return Arrays.stream(indexes).mapToObj(index -> TorrentTable.infoHash(batch, index)).toArray();
  }

  /** Tells how many of the torrents have ids. */
  private static int lookUp(PreparedStatement lookUp, int[] indexes, Place[] places)
      throws SQLException {
    int found = 0;
    try (ResultSet rows = lookUp.executeQuery()) {
      while (rows.next()) {
        int index = indexes[rows.getInt(1) - 1];
        places[index] = new Place(rows.getLong(2), index);
        found++;
      }
    }
    return found;
  }

  /**
   * @param places in the order of blocks
   */
  private void merge(Connection connection, Place[] places, Runnable rest) throws SQLException {
    try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
      merge.setLong(SEEN, origin.now().getEpochSecond());
      merge.setInt(WRITER, origin.writer());
      merge.setLong(SEQUENCE, origin.sequence());
      int next = 0;
      while (next < places.length) {
        next = bind(merge, places, next);
        merge.executeUpdate();
        rest.run();
      }
    }
  }

  /** Binds some blocks, and tells which place comes after them. */
  private int bind(PreparedStatement merge, Place[] places, int from) throws SQLException {
    Object[][] columns = new Object[COLUMNS][BLOCKS_A_STATEMENT];
    int blocks = 0;
    int next = from;
    while (next < places.length) {
      Place place = places[next];
      boolean another = next == from || place.block() != places[next - 1].block();
      if (another && blocks == BLOCKS_A_STATEMENT) {
        break;
      }
      if (another) {
        columns[0][blocks++] = place.block();
      }
      int number = 1 + place.number();
      columns[number][blocks - 1] = batch.seeders(place.index());
      columns[number + PLACES][blocks - 1] = batch.leechers(place.index());
      columns[number + 2 * PLACES][blocks - 1] = (long) batch.completed(place.index());
      next++;
    }
    for (int column = 0; column < COLUMNS; column++) {
      merge.setObject(BLOCKS + column, Arrays.copyOf(columns[column], blocks));
    }
    return next;
  }
}
