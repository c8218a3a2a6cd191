package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir private Path folder;

  @Test
  void givesTheLastLinesOfALongFile() throws IOException {
    Path log = folder.resolve("log");
    Files.write(log, IntStream.range(0, 10_000).mapToObj(line -> "line " + line).toList());

    assertThat(LogTail.of(log, 2)).containsExactly("line 9998", "line 9999");
  }

  @Test
  void givesAllOfAShortFileAndNothingOfAMissingOne() throws IOException {
    Path log = Files.write(folder.resolve("log"), List.of("only"));

    assertThat(LogTail.of(log, 5)).containsExactly("only");
    assertThat(LogTail.of(folder.resolve("none"), 5)).isEmpty();
  }
}
