package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The tracker is on every page of every site, so its size as served is a promise. */
class TrackerSizeTest {
  private static final int LIMIT_BYTES = 2048;
  private static final Path TRACKER =
      Path.of("src/main/resources/io/millrace/web/tracker/millrace.js");

  @Test
  void isServedInLessThanTwoKibibytesCompressed() throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(Files.readAllBytes(TRACKER));
    }

    assertThat(compressed.size()).isPositive().isLessThan(LIMIT_BYTES);
  }
}
