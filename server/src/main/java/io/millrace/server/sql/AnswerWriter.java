package io.millrace.server.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.server.report.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes an answer to the screen while it comes. A table waits for its first rows, which tell how
 * wide the columns are, and holds no more than those. For one thread.
 */
final class AnswerWriter {
  /** How many rows of an answer are held in memory at most. */
  static final int HELD_ROWS = 1_000;

  static final String BROKE_OFF = "the answer broke off; rows may be missing";

  private final Screen screen;

  AnswerWriter(Screen screen) {
    this.screen = screen;
  }

  /** Writes all of it; what is wrong with it if it ended before its time. */
  Optional<String> write(SqlReply.Answered answer, AnswerFormat format)
      throws InterruptedException {
    try {
      Optional<String> problem =
          format == AnswerFormat.TABLE ? table(answer) : asItIs(answer, format);
      screen.out().flush();
      return problem;
    } catch (IOException brokeOff) {
      screen.out().flush();
      stopIfInterrupted();
      return Optional.of(BROKE_OFF);
    }
  }

  private Optional<String> table(SqlReply.Answered answer)
      throws IOException, InterruptedException {
    try (var rows = new RowStream(answer.body())) {
      if (rows.message().isPresent()) {
        screen.out().println(SafeText.of(rows.message().get()));
        return Optional.empty();
      }
      long count = writeRows(rows);
      if (rows.ending().isEmpty()) {
        return Optional.of(rows.error().orElse(BROKE_OFF));
      }
      screen.out().println(summary(count, rows.ending().get()));
      warning(rows.ending().get().cells()).ifPresent(screen.out()::println);
      return Optional.empty();
    }
  }

  private long writeRows(RowStream rows) throws IOException, InterruptedException {
    var first = new ArrayList<List<Cell>>();
    Optional<List<Cell>> next = rows.next();
    while (next.isPresent() && first.size() < HELD_ROWS) {
      first.add(next.get());
      next = rows.next();
    }
    var table = new ResultTable(rows.columns(), first, screen.width().getAsInt());
    PrintWriter out = screen.out();
    table.head().forEach(out::println);
    first.forEach(row -> out.println(table.line(row)));
    long count = first.size();
    while (next.isPresent()) {
      stopIfInterrupted();
      out.println(table.line(next.get()));
      count++;
      next = rows.next();
    }
    return count;
  }

  private static String summary(long rows, RowStream.Ending ending) {
    String counted = rows == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", rows);
    return "(%s, %,d ms)%s"
        .formatted(
            counted,
            ending.elapsedMillis(),
            ending.truncated() ? " There are more: add a LIMIT, or ask for --max-rows." : "");
  }

  /** What is to be known of an answer that was not read from all cells. */
  private static Optional<String> warning(String cells) {
    return switch (cells) {
      case "partial" ->
          Optional.of(
              "WARNING: some of the numbers cannot be reached just now and are not in this answer;"
                  + " millrace instances tells who is away.");
      case "stale" ->
          Optional.of(
              "WARNING: some of the numbers come from a copy that may be behind; millrace instances"
                  + " tells how far.");
      default -> Optional.empty();
    };
  }

  private Optional<String> asItIs(SqlReply.Answered answer, AnswerFormat format)
      throws IOException, InterruptedException {
    if (answer.isJson() && format == AnswerFormat.CSV) {
      // A statement without rows: what it did is no row of a table.
      JsonNode done = new ObjectMapper().readTree(answer.body());
      screen.err().println(SafeText.of(done.path("message").asText()));
      screen.err().flush();
      return Optional.empty();
    }
    var copy = new AnswerCopy(answer.body(), screen);
    if (format == AnswerFormat.NDJSON) {
      return copy.lines();
    }
    copy.document();
    return Optional.empty();
  }

  static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the answer is not wanted any more");
    }
  }
}
