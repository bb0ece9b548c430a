package io.trakx.netty.persistence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between a tracker and its database, which takes part in neither's talk, but cuts a
 * connection during a commit, or keeps answers back, for a while or for good.
 */
final class CutProxy implements AutoCloseable {
  /** What becomes of the next commit. */
  enum Cut {
    /** It never gets to the server. */
    BEFORE_COMMIT,
    /** The server does it, and its answer never gets back. */
    AFTER_COMMIT
  }

  private final ServerSocket listener;
  private final int serverPort;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable Cut next;
  private volatile @Nullable Socket committing;
  private volatile boolean silent;
  private volatile @Nullable Delay delay;
  private final AtomicInteger delayed = new AtomicInteger();

  CutProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cutNext(Cut cut) {
    next = cut;
  }

  /** Whether the cut that was asked for has been made. */
  boolean hasCut() {
    return next == null;
  }

  /** From now on no answer gets back, for whatever long. */
  void silent(boolean silent) {
    this.silent = silent;
  }

  /**
   * From the next packet on that has {@code text} in it, each answer is kept back for {@code time}.
   */
  void delayFrom(String text, Duration time) {
    delay = new Delay(text, time);
  }

  /** Answers pass as they come, also those that are being kept back. */
  void endDelay() {
    delay = null;
  }

  /** How many answers have been kept back for all of the time. */
  int delayed() {
    return delayed.get();
  }

  private static final class Delay {
    private final String text;
    private final Duration time;
    private volatile boolean begun;

    Delay(String text, Duration time) {
      this.text = text;
      this.time = time;
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        threads.execute(() -> pass(client, server, true));
        threads.execute(() -> pass(server, client, false));
      }
    } catch (IOException e) {
      // Closed, or the server is gone: the tracker finds that out by itself.
    }
  }

  private void pass(Socket from, Socket to, boolean toServer) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[64 * 1024];
      int length;
      while ((length = in.read(buffer)) >= 0) {
        Delay held = delay;
        if (toServer && held != null) {
          held.begun |= text(buffer, length).contains(held.text);
        }
        if (toServer && isCommit(buffer, length)) {
          if (next == Cut.BEFORE_COMMIT) {
            next = null;
            return;
          }
          committing = next == Cut.AFTER_COMMIT ? from : null;
        } else if (!toServer && to.equals(committing)) {
          // The answer to the commit: it is done.
          committing = null;
          next = null;
          return;
        }
        if (!toServer && held != null && held.begun) {
          keepBack(held);
        }
        if (toServer || !silent) {
          out.write(buffer, 0, length);
        }
      }
    } catch (IOException e) {
      // One of the two has gone.
    }
  }

  private void keepBack(Delay held) {
    long begun = System.nanoTime();
    while (held.equals(delay)) {
      if (System.nanoTime() - begun >= held.time.toNanos()) {
        delayed.incrementAndGet();
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static boolean isCommit(byte[] packet, int length) {
    return length < 64 && text(packet, length).contains("commit");
  }

  private static String text(byte[] packet, int length) {
    return new String(packet, 0, length, ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
