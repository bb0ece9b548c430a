package io.trakx.netty.logging;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is logged and where to.
 *
 * @param level how much
 * @param file the file to log to; without one, standard error
 * @param fileMaxBytes how long the file may get before the next one is begun
 * @param fileKeep how many full files are kept, 1 or more
 */
public record LogOptions(LogLevel level, Optional<Path> file, long fileMaxBytes, int fileKeep) {}
