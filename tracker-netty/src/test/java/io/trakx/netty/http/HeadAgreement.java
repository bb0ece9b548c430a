package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Holds {@link RequestHead} against {@link ReferenceHead}. */
final class HeadAgreement {
  static final String CLIENT_HEADER = "x-forwarded-for";

  /** Something before and behind, so that a step beyond the range shows. */
  private static final int MARGIN = 11;

  private HeadAgreement() {}

  static RequestHead newHead() {
    RequestHead head = new RequestHead();
    head.clientAddressHeader(Latin1.bytes(CLIENT_HEADER));
    return head;
  }

  /** Parses at once, at an odd place of a larger buffer. */
  static void check(byte[] bytes) {
    byte[] buffer = new byte[bytes.length + 2 * MARGIN];
    Arrays.fill(buffer, (byte) '\n');
    System.arraycopy(bytes, 0, buffer, MARGIN, bytes.length);
    RequestHead head = newHead();
    int consumed = head.parse(buffer, MARGIN, MARGIN + bytes.length);
    assertThat(seen(head, buffer, consumed)).isEqualTo(ReferenceHead.parse(bytes, CLIENT_HEADER));
  }

  /** Parses as the bytes arrive, in pieces of the given sizes and then the rest. */
  static void checkInPieces(byte[] bytes, List<Integer> sizes) {
    RequestHead head = newHead();
    int had = 0;
    int size = 0;
    while (had < bytes.length) {
      int have = size < sizes.size() ? Math.min(bytes.length, had + sizes.get(size)) : bytes.length;
      size++;
      int consumed = head.parse(bytes, 0, have, had);
      byte[] prefix = Arrays.copyOf(bytes, have);
      assertThat(seen(head, bytes, consumed)).isEqualTo(ReferenceHead.parse(prefix, CLIENT_HEADER));
      if (consumed != RequestHead.INCOMPLETE) {
        return;
      }
      had = have;
    }
  }

  private static ReferenceHead seen(RequestHead head, byte[] buffer, int consumed) {
    if (consumed <= 0) {
      return new ReferenceHead(
          consumed, HttpVerb.OTHER, Route.OTHER, "", false, false, false, false, List.of());
    }
    List<String> forwarded = new ArrayList<>();
    for (int line = 0; line < head.forwardedLines(); line++) {
      forwarded.add(Latin1.text(buffer, head.forwardedFrom(line), head.forwardedTo(line)));
    }
    return new ReferenceHead(
        consumed,
        head.method(),
        head.route(),
        Latin1.text(buffer, head.queryFrom(), head.queryTo()),
        head.http10(),
        head.keepAlive(),
        head.hasBody(),
        head.acceptsGzip(),
        forwarded);
  }
}
