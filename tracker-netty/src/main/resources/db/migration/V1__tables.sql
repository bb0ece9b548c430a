-- Times are seconds since 1970 (UTC). ${table_options} is what the server at hand needs said of a table.

-- The trackers that write here, and how far each has got: a batch of changes raises the sequence in its transaction, so that
-- a tracker whose connection broke during a commit can tell whether the batch was written.
create table writer (
  id int not null auto_increment,
  name char(36) not null,
  -- Of the process that may write under this name; another one that took over has another.
  session bigint not null,
  sequence bigint not null,
  started bigint not null,
  primary key (id),
  constraint writer_name unique (name)
) ${table_options};

-- Seeders and leechers are those of the tracker that wrote last; completed adds up over all of them.
create table torrent (
  info_hash binary(20) not null,
  seeders int not null,
  leechers int not null,
  completed bigint not null,
  first_seen bigint not null,
  last_seen bigint not null,
  -- Which batch of which tracker wrote the row last.
  writer int not null,
  sequence bigint not null,
  primary key (info_hash)
) ${table_options};

-- What a tracker held on average, and what it did, in the resolution's seconds (60, 3600 or 86400) from begins on.
create table sample (
  writer int not null,
  resolution int not null,
  begins bigint not null,
  peers bigint not null,
  seeders bigint not null,
  leechers bigint not null,
  swarms bigint not null,
  unique_addresses bigint not null,
  announces bigint not null,
  scrapes bigint not null,
  errors bigint not null,
  cleaned bigint not null,
  primary key (writer, resolution, begins)
) ${table_options};

-- Torrents that no tracker serves.
create table ban (
  info_hash binary(20) not null,
  reason varchar(200),
  since bigint not null,
  primary key (info_hash)
) ${table_options};

-- One row; the revision is raised with every change of the bans, so that trackers see that there is one.
create table ban_revision (
  id int not null,
  revision bigint not null,
  primary key (id)
) ${table_options};

insert into ban_revision (id, revision) values (1, 0);
