package io.trakx.netty.admin;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part of the tracker that may or may not be ready to serve. Its suppliers are called on the
 * admin thread for every question, so they must be quick.
 *
 * @param part its name, as told to monitors
 * @param needed whether the tracker cannot serve without it; one that is not needed is told of, and
 *     leaves the tracker ready
 * @param trouble why it is not ready, in a few words; empty if it is
 * @param details what else is worth telling, by name: strings, whole numbers, truth values
 */
public record ReadinessCheck(
    String part,
    boolean needed,
    Supplier<Optional<String>> trouble,
    Supplier<Map<String, Object>> details) {

  /** A part that the tracker cannot serve without. */
  public ReadinessCheck(String part, Supplier<Optional<String>> trouble) {
    this(part, true, trouble, Map::of);
  }
}
