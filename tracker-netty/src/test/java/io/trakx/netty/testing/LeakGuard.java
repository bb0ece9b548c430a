package io.trakx.netty.testing;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which Netty found a buffer that was dropped without having been
 * released.
 *
 * <p>Netty notices when the garbage collector has taken the buffer and another one is allocated, so
 * that is brought about after the class. It speaks through its log only.
 */
public final class LeakGuard implements BeforeAllCallback, AfterAllCallback {
  private static final int ROUNDS = 3;

  private final Leaks leaks = new Leaks();

  @Override
  public void beforeAll(ExtensionContext context) {
    collect();
    leaks.start();
    logger().addAppender(leaks);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    collect();
    logger().removeAppender(leaks);
    if (!leaks.messages.isEmpty()) {
      throw new AssertionError("buffers leaked: " + leaks.messages);
    }
  }

  private static void collect() {
    for (int i = 0; i < ROUNDS; i++) {
      System.gc();
      PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
      PooledByteBufAllocator.DEFAULT.heapBuffer(1).release();
    }
  }

  private static Logger logger() {
    return (Logger) LogManager.getLogger(ResourceLeakDetector.class);
  }

  private static final class Leaks extends AbstractAppender {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    Leaks() {
      super("leaks", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      messages.add(event.getMessage().getFormattedMessage());
    }
  }
}
