package io.trakx.netty.snapshot;

/**
 * What a snapshot holds that was just written.
 *
 * @param peers of all swarms
 * @param pendingTorrents torrents of which completed downloads had not reached the database
 * @param bytes the file's size
 */
public record WrittenSnapshot(long peers, long pendingTorrents, long bytes) {}
