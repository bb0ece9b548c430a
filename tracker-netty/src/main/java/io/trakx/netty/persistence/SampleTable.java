package io.trakx.netty.persistence;

import static io.trakx.netty.persistence.jooq.Tables.SAMPLE;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.round;
import static org.jooq.impl.DSL.sum;

import io.trakx.netty.persistence.DatabaseOptions.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStep14;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * The totals over time. To write a sample again changes nothing, so what was perhaps written is
 * written again; samples of hours and days are made anew from those that they are made of.
 */
final class SampleTable {
  private SampleTable() {}

  /** Writes samples a minute of one writer, and makes those of their hours and days anew. */
  static void write(DSLContext sql, int writer, List<Sample> minutes) {
    write(sql, writer, Resolution.MINUTE, minutes);
    TreeSet<Long> hours = new TreeSet<>();
    TreeSet<Long> days = new TreeSet<>();
    for (Sample minute : minutes) {
      hours.add(Resolution.HOUR.begin(minute.begins().getEpochSecond()));
      days.add(Resolution.DAY.begin(minute.begins().getEpochSecond()));
    }
    hours.forEach(hour -> rollUp(sql, writer, Resolution.MINUTE, Resolution.HOUR, hour));
    days.forEach(day -> rollUp(sql, writer, Resolution.HOUR, Resolution.DAY, day));
  }

  /** The samples of one writer that begin in a span of time, the earliest first. */
  static List<Sample> read(
      DSLContext sql, int writer, Resolution resolution, Instant from, Instant until) {
    return sql.select(
            SAMPLE.BEGINS,
            SAMPLE.PEERS,
            SAMPLE.SEEDERS,
            SAMPLE.LEECHERS,
            SAMPLE.SWARMS,
            SAMPLE.UNIQUE_ADDRESSES,
            SAMPLE.ANNOUNCES,
            SAMPLE.SCRAPES,
            SAMPLE.ERRORS,
            SAMPLE.CLEANED,
            SAMPLE.HEAP_BYTES,
            SAMPLE.RESIDENT_BYTES)
        .from(SAMPLE)
        .where(SAMPLE.WRITER.eq(writer))
        .and(SAMPLE.RESOLUTION.eq(resolution.seconds()))
        .and(SAMPLE.BEGINS.ge(from.getEpochSecond()))
        .and(SAMPLE.BEGINS.lt(until.getEpochSecond()))
        .orderBy(SAMPLE.BEGINS)
        .fetch(
            row ->
                new Sample(
                    Instant.ofEpochSecond(row.value1()),
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    row.value5(),
                    row.value6(),
                    row.value7(),
                    row.value8(),
                    row.value9(),
                    row.value10(),
                    new MemoryUse(row.value11(), row.value12())));
  }

  /** When the latest minute of one writer began, or nothing if it has none. */
  static Optional<Instant> latestMinute(DSLContext sql, int writer) {
    Long begins =
        sql.select(max(SAMPLE.BEGINS))
            .from(SAMPLE)
            .where(SAMPLE.WRITER.eq(writer))
            .and(SAMPLE.RESOLUTION.eq(Resolution.MINUTE.seconds()))
            .fetchSingle()
            .value1();
    return Optional.ofNullable(begins).map(Instant::ofEpochSecond);
  }

  /** The sample of a minute of one writer, if there is one. */
  static Optional<Sample> minute(DSLContext sql, int writer, Instant begins) {
    return read(sql, writer, Resolution.MINUTE, begins, begins.plusSeconds(1)).stream().findFirst();
  }

  /** Deletes what has been kept long enough, of all writers. */
  static int prune(DSLContext sql, Retention retention, Instant now) {
    return prune(sql, Resolution.MINUTE, now.minus(retention.minutes()))
        + prune(sql, Resolution.HOUR, now.minus(retention.hours()))
        + prune(sql, Resolution.DAY, now.minus(retention.days()));
  }

  /** Whole days, so that what is left of one is never made anew from a part of it. */
  private static int prune(DSLContext sql, Resolution resolution, Instant until) {
    long day = Resolution.DAY.begin(until.getEpochSecond());
    return sql.deleteFrom(SAMPLE)
        .where(SAMPLE.RESOLUTION.eq(resolution.seconds()))
        .and(SAMPLE.BEGINS.lt(day))
        .execute();
  }

  private static void write(
      DSLContext sql, int writer, Resolution resolution, List<Sample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    InsertValuesStep14<
            Record,
            Integer,
            Integer,
            Long,
            Long,
            Long,
            Long,
            Long,
            Long,
            Long,
            Long,
            Long,
            Long,
            Long,
            Long>
        rows =
            sql.insertInto(
                SAMPLE,
                SAMPLE.WRITER,
                SAMPLE.RESOLUTION,
                SAMPLE.BEGINS,
                SAMPLE.PEERS,
                SAMPLE.SEEDERS,
                SAMPLE.LEECHERS,
                SAMPLE.SWARMS,
                SAMPLE.UNIQUE_ADDRESSES,
                SAMPLE.ANNOUNCES,
                SAMPLE.SCRAPES,
                SAMPLE.ERRORS,
                SAMPLE.CLEANED,
                SAMPLE.HEAP_BYTES,
                SAMPLE.RESIDENT_BYTES);
    for (Sample sample : samples) {
      rows =
          rows.values(
              writer,
              resolution.seconds(),
              sample.begins().getEpochSecond(),
              sample.peers(),
              sample.seeders(),
              sample.leechers(),
              sample.swarms(),
              sample.uniqueAddresses(),
              sample.announces(),
              sample.scrapes(),
              sample.errors(),
              sample.cleaned(),
              sample.memory().heapBytes(),
              sample.memory().residentBytes());
    }
    rows.onDuplicateKeyUpdate()
        .set(SAMPLE.PEERS, excluded(SAMPLE.PEERS))
        .set(SAMPLE.SEEDERS, excluded(SAMPLE.SEEDERS))
        .set(SAMPLE.LEECHERS, excluded(SAMPLE.LEECHERS))
        .set(SAMPLE.SWARMS, excluded(SAMPLE.SWARMS))
        .set(SAMPLE.UNIQUE_ADDRESSES, excluded(SAMPLE.UNIQUE_ADDRESSES))
        .set(SAMPLE.ANNOUNCES, excluded(SAMPLE.ANNOUNCES))
        .set(SAMPLE.SCRAPES, excluded(SAMPLE.SCRAPES))
        .set(SAMPLE.ERRORS, excluded(SAMPLE.ERRORS))
        .set(SAMPLE.CLEANED, excluded(SAMPLE.CLEANED))
        .set(SAMPLE.HEAP_BYTES, excluded(SAMPLE.HEAP_BYTES))
        .set(SAMPLE.RESIDENT_BYTES, excluded(SAMPLE.RESIDENT_BYTES))
        .execute();
  }

  /** Makes the sample of an hour or a day from those of its minutes or hours. */
  private static void rollUp(
      DSLContext sql, int writer, Resolution from, Resolution to, long begins) {
    List<Sample> whole =
        sql.select(
                mean(SAMPLE.PEERS),
                mean(SAMPLE.SEEDERS),
                mean(SAMPLE.LEECHERS),
                mean(SAMPLE.SWARMS),
                mean(SAMPLE.UNIQUE_ADDRESSES),
                total(SAMPLE.ANNOUNCES),
                total(SAMPLE.SCRAPES),
                total(SAMPLE.ERRORS),
                total(SAMPLE.CLEANED),
                known(SAMPLE.HEAP_BYTES),
                known(SAMPLE.RESIDENT_BYTES))
            .from(SAMPLE)
            .where(SAMPLE.WRITER.eq(writer))
            .and(SAMPLE.RESOLUTION.eq(from.seconds()))
            .and(SAMPLE.BEGINS.ge(begins))
            .and(SAMPLE.BEGINS.lt(begins + to.seconds()))
            .having(count().gt(inline(0)))
            .fetch(
                row ->
                    new Sample(
                        Instant.ofEpochSecond(begins),
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        row.value8(),
                        row.value9(),
                        new MemoryUse(row.value10(), row.value11())));
    write(sql, writer, to, whole);
  }

  private static Field<Long> mean(Field<Long> column) {
    return round(avg(column)).cast(SQLDataType.BIGINT);
  }

  /** The mean of those that are known, 0 if none is. */
  private static Field<Long> known(Field<Long> column) {
    return coalesce(mean(nullif(column, inline(0L))), inline(0L));
  }

  private static Field<Long> total(Field<Long> column) {
    return sum(column).cast(SQLDataType.BIGINT);
  }
}
