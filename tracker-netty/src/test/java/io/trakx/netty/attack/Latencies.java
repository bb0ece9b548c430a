package io.trakx.netty.attack;

import java.util.List;
import java.util.Locale;

/**
 * What came of the requests of ordinary clients in some time.
 *
 * @param nanos how long each answer took, shortest first
 * @param retries datagrams that were sent again, none having come back
 * @param faults requests that got no answer, or a wrong one
 */
record Latencies(List<Long> nanos, int retries, List<String> faults) {
  Latencies {
    nanos = nanos.stream().sorted().toList();
    faults = List.copyOf(faults);
  }

  static Latencies all(List<Latencies> parts) {
    return new Latencies(
        parts.stream().flatMap(part -> part.nanos.stream()).toList(),
        parts.stream().mapToInt(Latencies::retries).sum(),
        parts.stream().flatMap(part -> part.faults.stream()).toList());
  }

  int answered() {
    return nanos.size();
  }

  /** The time that so many of a hundred did not exceed. */
  double millis(double percent) {
    if (nanos.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(nanos.size() * percent / 100) - 1;
    return nanos.get(Math.max(0, index)) / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d answered, %d wrong or none, p50 %.2f ms, p99 %.2f ms%s",
        answered(),
        faults.size(),
        millis(50),
        millis(99),
        retries == 0 ? "" : ", %d datagrams sent again".formatted(retries));
  }
}
