package io.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.query.testing.QueryServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever never asks in SQL does not pay for it at each start. */
class SqlLoadingTest {
  private static final String BEFORE = "before the first query";

  @Test
  void nothingOfCalciteIsLoadedBeforeTheFirstQuery() throws IOException, InterruptedException {
    List<String> lines = output();

    assertThat(lines).contains(BEFORE);
    assertThat(calciteIn(lines.stream().takeWhile(Predicate.not(BEFORE::equals)))).isZero();
    assertThat(calciteIn(lines.stream())).isPositive();
  }

  private static long calciteIn(Stream<String> lines) {
    return lines.filter(line -> line.contains("org.apache.calcite")).count();
  }

  /** What a process says that starts a server, asks a view, and then in SQL. */
  private static List<String> output() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                SqlLoadingTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines;
    try (var output = process.inputReader()) {
      lines = output.lines().toList();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return lines;
  }

  /** The process. */
  static void main() {
    try (var server = new QueryServer()) {
      server.json("/api/v1/views/traffic?site=demo");
      System.out.println(BEFORE);
      server.send(
          server
              .request("/api/v1/sql")
              .header("Content-Type", "application/sql")
              .POST(BodyPublishers.ofString("SELECT * FROM traffic")));
    }
  }
}
