package io.trakx.netty.admin;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part of the tracker that may or may not be ready to serve.
 *
 * @param part its name, as told to monitors
 * @param trouble why it is not ready, in a few words; empty if it is. Called on the admin thread
 *     for every question, so it must be quick
 */
public record ReadinessCheck(String part, Supplier<Optional<String>> trouble) {}
