package io.millrace.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineIdsTest {
  private static final byte[] FIRST = bytes("the first line");

  private final LineIds ids = new LineIds(FIRST);

  @Test
  void givesTheSameLineTheSameId() {
    assertThat(ids.of(line(2, "x"))).isEqualTo(new LineIds(FIRST).of(line(2, "x")));
  }

  @Test
  void givesEqualLinesOfOneFileDifferentIds() {
    assertThat(ids.of(line(2, "x"))).isNotEqualTo(ids.of(line(3, "x")));
  }

  @Test
  void givesEqualLinesOfDifferentFilesDifferentIds() {
    assertThat(ids.of(line(2, "x"))).isNotEqualTo(new LineIds(bytes("other")).of(line(2, "x")));
  }

  @Test
  void staysShortAndSafeInAUrl() {
    assertThat(ids.of(line(1, "x"))).matches("[A-Za-z0-9_-]{32}");
  }

  private static RawLine line(long number, String text) {
    return new RawLine(number, bytes(text), true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
