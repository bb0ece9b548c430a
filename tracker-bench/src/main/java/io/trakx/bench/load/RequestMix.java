package io.trakx.bench.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** How often each kind of request is made, by weights. Immutable. */
final class RequestMix {
  private static final RequestKind[] KINDS = RequestKind.values();

  private final int[] cumulative = new int[KINDS.length];

  private RequestMix(Map<RequestKind, Integer> weights) {
    int sum = 0;
    for (int i = 0; i < KINDS.length; i++) {
      sum += weights.getOrDefault(KINDS[i], 0);
      cumulative[i] = sum;
    }
    if (sum == 0) {
      throw new IllegalArgumentException("a mix needs a weight above 0");
    }
  }

  /**
   * Reads weights, such as {@code announce=94,started=3,completed=1,stopped=2}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static RequestMix parse(String text) {
    Map<RequestKind, Integer> weights = new EnumMap<>(RequestKind.class);
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      RequestKind kind = equals < 0 ? null : find(part.substring(0, equals));
      if (kind == null || !part.substring(equals + 1).matches("[0-9]{1,6}")) {
        throw new IllegalArgumentException(
            "expected announce, started, completed, stopped or scrape, then = and a weight up to"
                + " 999999; not \""
                + part
                + '"');
      }
      weights.put(kind, Integer.parseInt(part.substring(equals + 1)));
    }
    return new RequestMix(weights);
  }

  private static @Nullable RequestKind find(String label) {
    for (RequestKind kind : KINDS) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    return null;
  }

  RequestKind next(SplittableRandom random) {
    int point = random.nextInt(cumulative[cumulative.length - 1]);
    int i = 0;
    while (cumulative[i] <= point) {
      i++;
    }
    return KINDS[i];
  }
}
