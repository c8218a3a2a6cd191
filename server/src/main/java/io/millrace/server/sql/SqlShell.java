package io.millrace.server.sql;

import io.millrace.server.report.Reply;
import io.millrace.server.report.SafeText;
import io.millrace.server.report.ViewClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * The conversation at a terminal: reads statements and commands with a line editor, runs them, and
 * goes on whatever becomes of them. Runs in one thread; Ctrl-C comes in another and interrupts it.
 */
public final class SqlShell {
  private static final String PROMPT = "millrace> ";

  /** As wide as the prompt, with what is still missing. */
  private static final String NEXT_LINE = "%P %M> ";

  private final Terminal terminal;
  private final Screen screen;
  private final SqlClient client;
  private final StatementRunner statements;
  private final KnownViews views;
  private final LineReader editor;

  /**
   * @param history the file of former statements
   */
  public SqlShell(
      Terminal terminal,
      SqlClient client,
      ViewClient viewClient,
      AnswerFormat format,
      OptionalInt maxRows,
      Path history) {
    this.terminal = terminal;
    this.screen = screenOf(terminal);
    this.client = client;
    this.statements = new StatementRunner(client, format, maxRows, screen);
    this.views = new KnownViews(viewClient);
    this.editor = editor(history);
  }

  /** What is shown at a terminal. */
  public static Screen screenOf(Terminal terminal) {
    PrintWriter writer = terminal.writer();
    return new Screen(writer, writer, true, () -> Math.max(20, widthOf(terminal)));
  }

  /** A terminal that does not tell its width has the usual one. */
  private static int widthOf(Terminal terminal) {
    int width = terminal.getSize().getColumns();
    return width > 0 ? width : 80;
  }

  /** Talks until the person leaves; whether there was somebody to talk to. */
  public boolean run() throws InterruptedException {
    switch (views.refresh()) {
      case Reply.Unanswered<List<ViewTable>>(String reason) -> {
        say(
            "millrace: "
                + reason
                + ". Start one with 'millrace demo', or name another with --target.");
        return false;
      }
      case Reply.Answered<List<ViewTable>>(List<ViewTable> known) ->
          say(
              "%s has %s. \\d lists them, \\? tells more, \\q leaves."
                  .formatted(
                      client.base(), known.size() == 1 ? "1 view" : known.size() + " views"));
    }
    while (isGoingOn()) {
      screen.out().flush();
    }
    return true;
  }

  private boolean isGoingOn() {
    try {
      return accept(editor.readLine(PROMPT));
    } catch (UserInterruptException cleared) {
      return true;
    } catch (EndOfFileException left) {
      return false;
    }
  }

  private boolean accept(String text) {
    if (ShellCommand.isOne(text)) {
      return obey(ShellCommand.of(text));
    }
    for (Statement statement : new StatementSplitter().add(text)) {
      if (!run(() -> statements.run(statement, ""))) {
        break;
      }
      views.forget();
    }
    return true;
  }

  private boolean obey(ShellCommand command) {
    switch (command) {
      case ShellCommand.Quit() -> {
        return false;
      }
      case ShellCommand.Help() -> screen.out().print(ShellCommand.HELP);
      case ShellCommand.ListViews() -> run(this::listViews);
      case ShellCommand.Describe(String view) -> run(() -> describe(view));
      case ShellCommand.Unknown(String line) ->
          say("there is no command " + line + "; \\? lists those there are");
    }
    return true;
  }

  /** Something that Ctrl-C ends; whether it succeeded. */
  private interface Task {
    boolean run() throws InterruptedException;
  }

  private boolean run(Task task) {
    Thread runner = Thread.currentThread();
    SignalHandler before = terminal.handle(Signal.INT, signal -> runner.interrupt());
    try {
      return task.run();
    } catch (InterruptedException unwanted) {
      say("stopped");
      return false;
    } finally {
      terminal.handle(Signal.INT, before);
      // It may have come when all was over; nothing of it may reach the next statement.
      Thread.interrupted();
    }
  }

  private boolean listViews() throws InterruptedException {
    return withViews(
        known -> {
          List<List<Cell>> rows =
              known.stream()
                  .map(view -> List.of(Cell.text(view.name()), Cell.text(columnsOf(view))))
                  .toList();
          show(List.of(new Column("view", ""), new Column("columns", "")), rows);
        });
  }

  private boolean describe(String name) throws InterruptedException {
    return withViews(
        known ->
            known.stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                    this::showColumns,
                    () -> say("there is no view " + name + "; \\d lists those there are")));
  }

  private void showColumns(ViewTable view) {
    List<List<Cell>> rows =
        view.columns().stream()
            .map(column -> List.of(Cell.text(column.name()), Cell.text(column.type())))
            .toList();
    show(List.of(new Column("column", ""), new Column("what it is", "")), rows);
  }

  private boolean withViews(Consumer<List<ViewTable>> action) throws InterruptedException {
    return switch (views.refresh()) {
      case Reply.Answered<List<ViewTable>>(List<ViewTable> known) -> {
        action.accept(known);
        yield true;
      }
      case Reply.Unanswered<List<ViewTable>>(String reason) -> {
        say(reason);
        yield false;
      }
    };
  }

  private void show(List<Column> columns, List<List<Cell>> rows) {
    var table = new ResultTable(columns, rows, screen.width().getAsInt());
    table.head().forEach(screen.out()::println);
    rows.forEach(row -> screen.out().println(table.line(row)));
  }

  private static String columnsOf(ViewTable view) {
    return String.join(", ", view.columns().stream().map(Column::name).toList());
  }

  private void say(String line) {
    screen.out().println(SafeText.of(line));
    screen.out().flush();
  }

  private LineReader editor(Path history) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("millrace")
            .parser(new LineParser())
            .completer(this::complete)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, NEXT_LINE)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true);
    try {
      HistoryFile.prepare(history);
      builder.variable(LineReader.HISTORY_FILE, history);
    } catch (IOException unwritable) {
      say("Statements are not remembered: cannot write " + history);
    }
    return builder.build();
  }

  private void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    for (var each : Suggestions.of(line.line(), line.cursor(), views.latest())) {
      candidates.add(
          new Candidate(each.text(), each.text(), each.group(), null, null, null, each.isWhole()));
    }
  }
}
