package io.trakx.netty.web;

/**
 * A torrent with many peers.
 *
 * @param infoHash in hexadecimal
 * @param seeders 0 or more
 * @param leechers 0 or more
 * @param completed downloads, 0 or more
 */
public record LargeSwarm(String infoHash, int seeders, int leechers, int completed) {}
