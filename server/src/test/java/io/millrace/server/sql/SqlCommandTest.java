package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as scripts use it, against a server that speaks as the real one does. */
class SqlCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeSqlServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeSqlServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsATableWithItsRowsAndTime() {
    assertThat(run("-e", FakeSqlServer.PATHS + ";")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "path    events",
            "──────  ──────",
            "/            7",
            "/größe   12345",
            "(2 rows, 4 ms)");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void asksForTheFormatAndTheRowsAndChangesNothingOfTheAnswer() {
    assertThat(run("--format", "csv", "--max-rows", "9", "-e", FakeSqlServer.PATHS)).isZero();
    assertThat(out.toString()).isEqualTo("path,events\r\n/,7\r\n/größe,12345\r\n");

    out.getBuffer().setLength(0);
    assertThat(run("--format", "json", "-e", FakeSqlServer.PATHS)).isZero();
    assertThat(out.toString()).startsWith("{\"columns\"").endsWith("\"elapsed_ms\":4}\n");

    out.getBuffer().setLength(0);
    assertThat(run("--format", "ndjson", "-e", FakeSqlServer.PATHS)).isZero();
    assertThat(out.toString().lines()).hasSize(4).contains("[\"/größe\",12345]");

    assertThat(server.asked)
        .containsExactly(
            new FakeSqlServer.Asked(FakeSqlServer.PATHS, "9", "text/csv"),
            new FakeSqlServer.Asked(FakeSqlServer.PATHS, "", "application/json"),
            new FakeSqlServer.Asked(FakeSqlServer.PATHS, "", "application/x-ndjson"));
  }

  @Test
  void comesBackToAPushQueryWithTheLastIdAndForTheRowsLeft() {
    assertThat(run("-e", FakeSqlServer.FOLLOWED)).isZero();
    assertThat(out.toString().lines())
        .containsExactly("path", "──────", "/first", "/seco…", "(2 rows)");
    assertThat(server.asked).extracting(FakeSqlServer.Asked::maxRows).containsExactly("2", "1");
  }

  @Test
  void aRefusalThatDoesNotPassEndsAPushQueryAtOnce() {
    assertThat(run("-e", FakeSqlServer.NOT_KEPT)).isEqualTo(1);
    assertThat(out.toString()).contains("/first");
    assertThat(err.toString()).isEqualTo("error: these clicks are no longer kept\n");
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void changesAreNoSingleDocument() {
    assertThat(run("--format", "json", "-e", FakeSqlServer.FOLLOWED)).isEqualTo(1);
    assertThat(err.toString()).contains("use --format ndjson, csv or table");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void runsEveryStatementGivenThoughOneFails() {
    assertThat(run("-e", FakeSqlServer.WRONG, "-e", FakeSqlServer.DONE)).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            """
            error: line 2, column 3: there is no column pth; is it path?
                pth FROM pages
                ^
            """);
    assertThat(out.toString()).isEqualTo("view mine was dropped\n");
  }

  @Test
  void runsAFileUpToTheFirstThatFails() throws IOException {
    Path file = folder.resolve("some.sql");
    Files.writeString(
        file, "-- first;\n" + FakeSqlServer.DONE + ";\n\n" + FakeSqlServer.WRONG + ";\nSELECT 2;");

    assertThat(run("-f", file.toString())).isEqualTo(1);
    assertThat(server.statements()).containsExactly(FakeSqlServer.DONE, FakeSqlServer.WRONG);
    assertThat(err.toString()).startsWith("error: " + file + ", line 5, column 3: ");
  }

  @Test
  void showsHostileValuesAsTexts() {
    assertThat(run("-e", FakeSqlServer.HOSTILE)).isZero();
    assertThat(out.toString())
        .contains("\\u{1B}[2J\\u{202E}", "NULL", "{\"p50\":2}")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void showsAllOfALongAnswerAndThatThereIsMore() {
    assertThat(run("-e", FakeSqlServer.MANY)).isZero();
    // The width is that of the rows that were held; the last is not among them.
    assertThat(out.toString().lines())
        .hasSize(5_001 + 3)
        .contains(
            "/la…  123456",
            "(5,001 rows, 4 ms) There are more: add a LIMIT, or ask for --max-rows.");
  }

  @Test
  void tellsWhenAnAnswerIsNotWhole() {
    for (String format : List.of("table", "ndjson")) {
      assertThat(run("--format", format, "-e", FakeSqlServer.BREAKS_OFF)).isEqualTo(1);
      assertThat(err.toString()).contains("the answer broke off; rows may be missing");
      assertThat(run("--format", format, "-e", FakeSqlServer.FAILS_LATE)).isEqualTo(1);
      assertThat(err.toString()).contains("the cells have moved");
      err.getBuffer().setLength(0);
    }
  }

  @Test
  void tellsWhenTheConnectionEndsTooEarly() {
    for (String format : List.of("table", "ndjson", "json", "csv")) {
      assertThat(run("--format", format, "-e", FakeSqlServer.IS_CUT)).as(format).isEqualTo(1);
      assertThat(err.toString()).contains("the answer broke off; rows may be missing");
      err.getBuffer().setLength(0);
    }
  }

  @Test
  void keepsWhatAStatementDidOutOfACsv() {
    assertThat(run("--format", "csv", "-e", FakeSqlServer.DONE)).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEqualTo("view mine was dropped\n");
  }

  @Test
  void saysWhatToDoWhereNobodyAnswers() {
    server.close();

    assertThat(run("-e", "SELECT 1")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("error: no answer from " + server.url())
        .contains("millrace demo", "--target");
  }

  @Test
  void refusesOptionsThatMakeNoSense() {
    assertThat(run("-e", "SELECT 1", "-f", "x.sql")).isEqualTo(2);
    assertThat(run("-f", folder.resolve("none.sql").toString())).isEqualTo(2);
    assertThat(run("--format", "xml", "-e", "SELECT 1")).isEqualTo(2);
    assertThat(err.toString()).contains("'xml' is none of table, json, csv, ndjson");
    assertThat(run("--max-rows", "0", "-e", "SELECT 1")).isEqualTo(2);
    assertThat(server.asked).isEmpty();
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of("sql", "--target", server.url().toString()));
    all.addAll(List.of(arguments));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
