package io.trakx.netty.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.TrakxProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tracker that is attacked: how it is started, and what its log may have afterwards. */
final class Attacked {
  /** The heap, and what everything else of the process may take besides. */
  static final int HEAP_MIB = 256;

  static final int MOST_MIB = 2 * HEAP_MIB;

  /** Lines that start and state need, and what the log repeats of one warning a minute. */
  private static final int LINES_ALLOWED = 60;

  private Attacked() {}

  /** Starts it on free ports of 127.0.0.1. */
  static TrakxProcess start(Path directory, String... settings) throws IOException {
    return startUnder(directory, List.of(), settings);
  }

  /**
   * Starts it.
   *
   * @param prefix a command that becomes the one behind it
   */
  static TrakxProcess startUnder(Path directory, List<String> prefix, String... settings)
      throws IOException {
    return TrakxProcess.start(
        directory,
        command -> Stream.concat(prefix.stream(), command.stream()).toList(),
        List.of("127.0.0.1:0"),
        settings);
  }

  /** Expects no error, no leak and few lines, whatever attackers sent. */
  static void assertCalmLog(TrakxProcess tracker) {
    assertThat(tracker.log()).doesNotContain(" ERROR ", "LEAK", "OutOfMemory", "Exception");
    assertBoundedLog(tracker);
  }

  /** Expects that the log was not flooded. */
  static void assertBoundedLog(TrakxProcess tracker) {
    List<String> lines = new ArrayList<>(tracker.log().lines().toList());
    lines.removeIf(line -> line.contains(" StateLog: "));
    assertThat(lines).hasSizeLessThan(LINES_ALLOWED);
  }
}
