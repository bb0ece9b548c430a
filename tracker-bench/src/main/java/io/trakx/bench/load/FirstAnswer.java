package io.trakx.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Asks a tracker over HTTP until it answers an announce rightly. */
final class FirstAnswer {
  private static final int ANSWER_BYTES = 8192;
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 1;
  private static final int NUMWANT = 50;

  private final Target target;
  private final Population population;

  FirstAnswer(Target target, Population population) {
    this.target = target;
    this.population = population;
  }

  /**
   * Waits for the first right answer.
   *
   * @param process what is to answer; if it ends, there is nothing to wait for
   * @throws IOException if it ends, or the time is over
   */
  void await(Process process, long timeoutNanos) throws IOException, InterruptedException {
    long end = System.nanoTime() + timeoutNanos;
    while (!answers()) {
      if (!process.isAlive()) {
        throw new IOException("the tracker ended with status " + process.exitValue());
      }
      if (System.nanoTime() - end > 0) {
        throw new IOException("the tracker answers no announce at " + target.host());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private boolean answers() {
    ByteBuffer request = ByteBuffer.allocate(1024);
    new HttpRequestWriter(target, population, NUMWANT, false).put(request, 0, RequestKind.STARTED);
    byte[] answer = new byte[ANSWER_BYTES];
    try (Socket socket = new Socket()) {
      if (!target.ipv6()) {
        // As the load will: what remains of this is one of its peers.
        int source = Population.address(population.source(0));
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(bytes(source)), 0));
      }
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(target.address(), target.port()), TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.array(), 0, request.position());
      InputStream in = socket.getInputStream();
      int received = in.readNBytes(answer, 0, answer.length);
      return new HttpAnswer()
              .judge(ByteBuffer.wrap(answer), received, true, RequestKind.STARTED, 0, NUMWANT)
          == Verdict.OK;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static byte[] bytes(int address) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(address).array();
  }
}
