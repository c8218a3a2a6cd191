package io.millrace.server.sql;

import io.millrace.query.error.QueryException;
import io.millrace.query.sql.push.PushStatement;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs one statement after another, and shows what came of each. For one thread at a time. */
public final class StatementRunner {
  private final SqlClient client;
  private final AnswerFormat format;
  private final OptionalInt maxRows;
  private final Screen screen;

  /**
   * @param maxRows how many rows of an answer are wanted; without it the server decides
   */
  public StatementRunner(
      SqlClient client, AnswerFormat format, OptionalInt maxRows, Screen screen) {
    this.client = client;
    this.format = format;
    this.maxRows = maxRows;
    this.screen = screen;
  }

  /**
   * Whether it succeeded; if not, the person knows why.
   *
   * @param source the name of the file that has the statement; empty where it has none
   */
  public boolean run(Statement statement, String source) throws InterruptedException {
    Optional<PushStatement> push = pushIn(statement);
    if (push.isPresent()) {
      return isFollowed(push.get(), statement, source);
    }
    return switch (client.run(statement.text(), maxRows, format.mediaType())) {
      case SqlReply.Refused refused -> failed(refused.error(), statement, source);
      case SqlReply.Answered answer -> isWritten(answer, statement, source);
    };
  }

  /** Where it is wrong, the server says so. */
  private static Optional<PushStatement> pushIn(Statement statement) {
    try {
      return PushStatement.of(statement.text());
    } catch (QueryException wrong) {
      return Optional.empty();
    }
  }

  private boolean isFollowed(PushStatement push, Statement statement, String source)
      throws InterruptedException {
    if (format == AnswerFormat.JSON) {
      return failed(
          SqlError.of("changes are no single document; use --format ndjson, csv or table"),
          statement,
          source);
    }
    return new PushRunner(client, screen, format, push, statement.text(), maxRows.orElse(0))
        .run()
        .map(problem -> failed(problem, statement, source))
        .orElse(true);
  }

  /** Runs all of a file or of standard input, up to the first that fails; whether none did. */
  public boolean runAll(StatementReader statements, String source)
      throws IOException, InterruptedException {
    for (var next = statements.next(); next.isPresent(); next = statements.next()) {
      if (!run(next.get(), source)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWritten(SqlReply.Answered answer, Statement statement, String source)
      throws InterruptedException {
    try (answer) {
      return new AnswerWriter(screen)
          .write(answer, format)
          .map(problem -> failed(SqlError.of(problem), statement, source))
          .orElse(true);
    } catch (IOException closing) {
      return true;
    }
  }

  private boolean failed(SqlError error, Statement statement, String source) {
    screen.err().print(ErrorText.of(error, statement, source, screen.width().getAsInt()));
    screen.err().flush();
    return false;
  }
}
