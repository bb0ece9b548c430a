-- The embedded database copies a path of pages four times for each row that is updated. So the counts of eight torrents are in one row,
-- a block, in arrays: torrent n is the (n mod 8 + 1)th of block n / 8. Where there is no torrent there is null, or what one left that
-- was deleted.
--
-- All may be run once more, in whatever place a process was killed that ran it.

drop view if exists torrent;

-- Is there, but for a process killed before the last statement.
create table if not exists torrent_count (
  id bigint not null,
  seeders int not null,
  leechers int not null,
  completed bigint not null,
  last_seen bigint not null,
  writer int not null,
  sequence bigint not null,
  primary key (id)
);

create table if not exists torrent_block (
  id bigint not null,
  seeders int array[8] not null,
  leechers int array[8] not null,
  completed bigint array[8] not null,
  last_seen bigint array[8] not null,
  writer int array[8] not null,
  sequence bigint array[8] not null,
  primary key (id)
);

-- Row by row, without a copy in memory.
insert into torrent_block (id, seeders, leechers, completed, last_seen, writer, sequence) direct
  select r.x,
    array[c0.seeders, c1.seeders, c2.seeders, c3.seeders, c4.seeders, c5.seeders, c6.seeders, c7.seeders],
    array[c0.leechers, c1.leechers, c2.leechers, c3.leechers, c4.leechers, c5.leechers, c6.leechers, c7.leechers],
    array[c0.completed, c1.completed, c2.completed, c3.completed, c4.completed, c5.completed, c6.completed, c7.completed],
    array[c0.last_seen, c1.last_seen, c2.last_seen, c3.last_seen, c4.last_seen, c5.last_seen, c6.last_seen, c7.last_seen],
    array[c0.writer, c1.writer, c2.writer, c3.writer, c4.writer, c5.writer, c6.writer, c7.writer],
    array[c0.sequence, c1.sequence, c2.sequence, c3.sequence, c4.sequence, c5.sequence, c6.sequence, c7.sequence]
  from system_range(0, (select coalesce(max(id), 0) / 8 from torrent_count)) r
  left join torrent_count c0 on c0.id = r.x * 8
  left join torrent_count c1 on c1.id = r.x * 8 + 1
  left join torrent_count c2 on c2.id = r.x * 8 + 2
  left join torrent_count c3 on c3.id = r.x * 8 + 3
  left join torrent_count c4 on c4.id = r.x * 8 + 4
  left join torrent_count c5 on c5.id = r.x * 8 + 5
  left join torrent_count c6 on c6.id = r.x * 8 + 6
  left join torrent_count c7 on c7.id = r.x * 8 + 7
  left join torrent_block b on b.id = r.x
  where b.id is null and coalesce(c0.id, c1.id, c2.id, c3.id, c4.id, c5.id, c6.id, c7.id) is not null;

drop table torrent_count;

-- For who looks into the database with queries of his own.
create view torrent as
  select
    h.info_hash,
    b.seeders[mod(h.id, 8) + 1] as seeders,
    b.leechers[mod(h.id, 8) + 1] as leechers,
    b.completed[mod(h.id, 8) + 1] as completed,
    h.first_seen,
    b.last_seen[mod(h.id, 8) + 1] as last_seen,
    b.writer[mod(h.id, 8) + 1] as writer,
    b.sequence[mod(h.id, 8) + 1] as sequence
  from torrent_hash h join torrent_block b on b.id = h.id / 8;
