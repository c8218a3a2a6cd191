package io.millrace.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir private Path folder;

  @Test
  void readsPlainLinesWithEitherLineEndAndWithoutTheLast() throws IOException {
    assertThat(linesOf(file("one\ntwo\r\n\nlast".getBytes(StandardCharsets.UTF_8))))
        .containsExactly("1:one", "2:two", "3:", "4:last");
  }

  @Test
  void readsNoLinesFromAnEmptyFile() throws IOException {
    assertThat(linesOf(file(new byte[0]))).isEmpty();
  }

  @Test
  void recognisesGzipByItsBytesAndReadsAllMembers() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(gzipped("one\ntwo"));
    bytes.write(gzipped(" still two\nthree\n"));

    assertThat(linesOf(file(bytes.toByteArray())))
        .containsExactly("1:one", "2:two still two", "3:three");
  }

  @Test
  void tellsHowMuchOfTheFileItHasRead() throws IOException {
    Path path = file(gzipped("one\n".repeat(1_000)));

    try (LogFile file = LogFile.open(path)) {
      while (file.next().isPresent()) {
        assertThat(file.bytesRead()).isPositive();
      }
      assertThat(file.bytesRead()).isEqualTo(file.size()).isEqualTo(Files.size(path));
      assertThat(file.linesRead()).isEqualTo(1_000);
    }
  }

  @Test
  void cutsLinesThatAreTooLongAndGoesOnAfterThem() throws IOException {
    String longest = "x".repeat(LineReader.LONGEST);
    Path path = file((longest + "\n" + longest + "yyy\nshort\n").getBytes(StandardCharsets.UTF_8));

    try (LogFile file = LogFile.open(path)) {
      assertThat(file.next().orElseThrow().complete()).isTrue();
      assertThat(file.next().orElseThrow().complete()).isFalse();
      assertThat(file.next().orElseThrow().bytes()).asString().isEqualTo("short");
      assertThat(file.next()).isEmpty();
    }
  }

  @Test
  void saysWhereACompressedFileIsCutOff() throws IOException {
    byte[] whole = gzipped("one\ntwo\n");
    Path path = file(Arrays.copyOf(whole, whole.length - 6));

    assertThatThrownBy(() -> linesOf(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends in the middle of its compressed data");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("access.log"), bytes);
  }

  private static byte[] gzipped(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<String> linesOf(Path path) throws IOException {
    var lines = new ArrayList<String>();
    try (LogFile file = LogFile.open(path)) {
      Optional<RawLine> next = file.next();
      while (next.isPresent()) {
        RawLine line = next.get();
        lines.add(line.number() + ":" + new String(line.bytes(), StandardCharsets.UTF_8));
        next = file.next();
      }
    }
    return lines;
  }
}
