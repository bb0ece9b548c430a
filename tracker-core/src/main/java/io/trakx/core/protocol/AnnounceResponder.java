package io.trakx.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Where the tracker delivers what became of an announce, exactly once.
 *
 * <p>A store in this process calls it before {@code announce} returns; one on another machine may
 * call it later, from a thread of its own.
 */
public interface AnnounceResponder {
  /** The announce was taken; {@code response} says what to tell the client. */
  void announced(AnnounceRequest request, AnnounceResponse response);

  /**
   * The announce was refused, and nothing was stored.
   *
   * @param detail what the operator wants said beside the reason, or null
   */
  void refused(AnnounceRequest request, FailureReason reason, @Nullable String detail);
}
