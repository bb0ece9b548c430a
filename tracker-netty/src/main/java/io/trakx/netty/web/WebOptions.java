package io.trakx.netty.web;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the operator has to say about the pages.
 *
 * @param title what the tracker is called; plain text, not empty
 * @param contact where its operator is reached: an http, https or mailto URL
 * @param announceUrls what to show for announce URLs; empty: those by which the page was asked for
 * @param largestSwarms how many torrents of the most peers are named; 0: none is
 */
public record WebOptions(
    String title, Optional<URI> contact, List<URI> announceUrls, int largestSwarms) {}
