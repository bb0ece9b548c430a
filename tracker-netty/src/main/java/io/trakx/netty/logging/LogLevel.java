package io.trakx.netty.logging;

import org.apache.logging.log4j.Level;

/** How much is logged; each level includes those before it. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  Level level() {
    return Level.valueOf(name());
  }
}
