-- The memory that the tracker's process had on average, in bytes: of its heap in use, and in RAM. 0: not known, as in samples
-- from before there were these columns.
alter table sample add (
  heap_bytes bigint default 0 not null,
  resident_bytes bigint default 0 not null
);
