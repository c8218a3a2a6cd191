package io.millrace.server.commands;

import io.millrace.server.report.Target;
import io.millrace.server.report.ViewClient;
import io.millrace.server.sql.AnswerFormat;
import io.millrace.server.sql.HistoryFile;
import io.millrace.server.sql.Screen;
import io.millrace.server.sql.SqlClient;
import io.millrace.server.sql.SqlShell;
import io.millrace.server.sql.StatementReader;
import io.millrace.server.sql.StatementRunner;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace sql}: runs statements, or talks with a person who types them. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a running Millrace in SQL. At a terminal it is a shell with history and completion; \\? in it tells"
          + " more. Otherwise it runs the statements of standard input.",
      "Statements end with a semicolon."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all statements succeeded", "1:one failed, or nobody answered"},
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace sql                                      a shell; \\d lists the views",
      "  millrace sql -e \"SELECT * FROM pages LIMIT 5\"     one statement",
      "  millrace sql -f views.sql                         those of a file, up to the first that fails",
      "  millrace sql --format csv -e \"…\" > pages.csv      for a spreadsheet"
    })
public final class SqlCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "STATEMENT",
      description =
          "Run this; may be given several times. One that fails does not keep the others from running.")
  private List<String> statements = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Run the statements of a file, up to the first that fails.")
  private @Nullable Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = FormatOption.class,
      description =
          "table, json, csv, or ndjson: one JSON value a line, each row as soon as it is there. Default:"
              + " ${DEFAULT-VALUE}.")
  private AnswerFormat format = AnswerFormat.TABLE;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      description = "At most so many rows of each answer. Default: as many as the server gives.")
  private @Nullable Integer maxRows;

  @Mixin private TargetOption target = new TargetOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Target asked = target.target();
    try (var client = new SqlClient(asked)) {
      return isAtTerminal() ? atTerminal(client, asked) : elsewhere(client);
    }
  }

  private void check() {
    if (file != null && !statements.isEmpty()) {
      throw bad("give either --execute or --file");
    }
    if (file != null && (!Files.isReadable(file) || Files.isDirectory(file))) {
      throw bad("--file: cannot read " + file);
    }
    if (maxRows != null && maxRows < 1) {
      throw bad("--max-rows: is " + maxRows + ", and must be at least 1");
    }
  }

  /** Whether a person types, and sees what comes of it. */
  private static boolean isAtTerminal() {
    // There may be no console, or one that is no terminal; it depends on the JDK.
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private int atTerminal(SqlClient client, Target asked) throws IOException, InterruptedException {
    // The provider that calls the system by the JDK's own means, and runs no other programs.
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .encoding(StandardCharsets.UTF_8)
            .provider(TerminalBuilder.PROP_PROVIDER_FFM)
            .nativeSignals(isConversation())
            .build()) {
      if (!isConversation()) {
        return run(client, SqlShell.screenOf(terminal));
      }
      try (var views = new ViewClient(asked)) {
        var shell = new SqlShell(terminal, client, views, format, rows(), history());
        return shell.run() ? 0 : FAILED;
      }
    }
  }

  private int elsewhere(SqlClient client) throws IOException, InterruptedException {
    return run(client, Screen.ofStream(spec.commandLine().getOut(), spec.commandLine().getErr()));
  }

  private int run(SqlClient client, Screen screen) throws IOException, InterruptedException {
    var runner = new StatementRunner(client, format, rows(), screen);
    if (!statements.isEmpty()) {
      return runEach(runner);
    }
    try (Reader text = input()) {
      String source = file == null ? "" : file.toString();
      return runner.runAll(new StatementReader(text), source) ? 0 : FAILED;
    }
  }

  private int runEach(StatementRunner runner) throws IOException, InterruptedException {
    boolean isWell = true;
    for (String statement : statements) {
      isWell &= runner.runAll(new StatementReader(new StringReader(statement)), "");
    }
    return isWell ? 0 : FAILED;
  }

  private Reader input() throws IOException {
    return file == null
        ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
        : Files.newBufferedReader(file);
  }

  private boolean isConversation() {
    return statements.isEmpty() && file == null;
  }

  private OptionalInt rows() {
    return maxRows == null ? OptionalInt.empty() : OptionalInt.of(maxRows);
  }

  private static Path history() {
    return HistoryFile.in(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
