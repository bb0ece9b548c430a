package io.trakx.netty.tls;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Files of a certificate cannot be used; the message is one line with all that is wrong. */
public final class BadCredentialsException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<TlsProblem> problems;

  BadCredentialsException(List<TlsProblem> problems) {
    super(problems.stream().map(TlsProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, one problem or more. */
  public List<TlsProblem> problems() {
    return problems;
  }
}
