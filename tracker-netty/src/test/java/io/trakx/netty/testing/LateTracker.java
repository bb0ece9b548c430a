package io.trakx.netty.testing;

import io.trakx.core.Tracker;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The real tracker, asked and answering only when told to, on the thread that tells it. */
public final class LateTracker implements Tracker {
  private final Tracker tracker;
  private final BlockingQueue<Runnable> questions = new LinkedBlockingQueue<>();

  public LateTracker(Tracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public void announce(
      AnnounceRequest request, AnnounceResponse response, AnnounceResponder responder) {
    questions.add(() -> tracker.announce(request, response, responder));
  }

  @Override
  public void scrape(Scrape scrape, ScrapeResponder responder) {
    questions.add(() -> tracker.scrape(scrape, responder));
  }

  public int waiting() {
    return questions.size();
  }

  /** Waits for a question and takes it, to be answered by whoever runs it. */
  public Runnable take() {
    try {
      Runnable question = questions.poll(20, TimeUnit.SECONDS);
      if (question != null) {
        return question;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no question came");
  }

  /** Waits for a question and answers it on this thread. */
  public void answer() {
    take().run();
  }
}
