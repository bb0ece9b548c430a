package io.trakx.netty.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** What must be closed, the last started first; one that fails does not keep the others open. */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(Closing.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, AutoCloseable closeable) {}

  void add(String name, AutoCloseable part) {
    parts.push(new Part(name, part));
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.closeable.close();
      } catch (Exception e) {
        LOG.error("the {} could not be closed", part.name, e);
      }
    }
  }
}
