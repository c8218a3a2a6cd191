package io.millrace.server.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.query.sql.push.PushStatement;
import io.millrace.server.report.SafeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Shows the rows of a push query as they come. Where the connection breaks, or the server ends it
 * for a reason that passes, it comes back with the id of what it has seen. For one thread, which
 * may be interrupted.
 */
final class PushRunner {
  private static final int MOST_TRIES = 5;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final SqlClient client;
  private final Screen screen;
  private final PushWriter writer;
  private final Duration betweenTries;
  private final String sql;
  private OptionalLong rowsLeft;
  private String lastId = "";
  private int tries;
  private boolean isToComeBack;

  PushRunner(
      SqlClient client,
      Screen screen,
      AnswerFormat format,
      PushStatement push,
      String sql,
      long mostRows) {
    this(client, screen, format, push, sql, mostRows, BETWEEN_TRIES);
  }

  /**
   * One that waits so long before it tries again.
   *
   * @param mostRows how many rows are wanted; 0 for all
   */
  PushRunner(
      SqlClient client,
      Screen screen,
      AnswerFormat format,
      PushStatement push,
      String sql,
      long mostRows,
      Duration betweenTries) {
    this.client = client;
    this.screen = screen;
    this.sql = sql;
    this.betweenTries = betweenTries;
    long most =
        Math.min(push.limit().orElse(Long.MAX_VALUE), mostRows > 0 ? mostRows : Long.MAX_VALUE);
    rowsLeft = most == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(most);
    writer = new PushWriter(screen, format, !push.isOfClicks());
  }

  /** Shows rows until there are no more; what is wrong if that was not what was wanted. */
  Optional<SqlError> run() throws InterruptedException {
    try {
      while (true) {
        Optional<Ending> ending = readOnce();
        if (ending.isPresent() && ending.get() instanceof Ending.Done) {
          return Optional.empty();
        }
        if (ending.isPresent() && ending.get() instanceof Ending.Wrong(SqlError error)) {
          return Optional.of(error);
        }
        tries++;
        if (tries > MOST_TRIES) {
          return Optional.of(
              SqlError.of(
                  "the stream broke off, and " + client.base() + " cannot be reached again"));
        }
        Thread.sleep(betweenTries);
      }
    } finally {
      writer.end();
    }
  }

  /** How a connection ended; empty where it is worth another try. */
  private sealed interface Ending {
    record Done() implements Ending {}

    record Wrong(SqlError error) implements Ending {}
  }

  private Optional<Ending> readOnce() throws InterruptedException {
    return switch (client.follow(sql, rowsLeft, lastId)) {
      case SqlReply.Refused(SqlError error, boolean mayPass) ->
          // Having come back, it is worth another try. What is for good does not pass by itself.
          tries > 0 && mayPass ? Optional.empty() : Optional.of(new Ending.Wrong(error));
      case SqlReply.Answered answer -> read(answer);
    };
  }

  private Optional<Ending> read(SqlReply.Answered answer) throws InterruptedException {
    try (answer;
        var lines =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        AnswerWriter.stopIfInterrupted();
        Optional<Ending> ending = take(JSON.readTree(line));
        if (ending.isPresent() || isToComeBack) {
          return ending;
        }
      }
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    } catch (IOException brokeOff) {
      AnswerWriter.stopIfInterrupted();
    }
    return Optional.empty();
  }

  private Optional<Ending> take(JsonNode event) {
    lastId = event.path("id").asText(lastId);
    isToComeBack = false;
    switch (event.path("event").asText()) {
      case "columns" -> writer.columns(event);
      case "rows", "snapshot" -> {
        tries = 0;
        writer.rows(event);
        int rows = event.path("rows").size();
        rowsLeft = rowsLeft.isPresent() ? OptionalLong.of(rowsLeft.getAsLong() - rows) : rowsLeft;
        if (rowsLeft.isPresent() && rowsLeft.getAsLong() <= 0) {
          return Optional.of(new Ending.Done());
        }
      }
      case "dropped" -> {
        say(event);
        isToComeBack = true;
      }
      case "end" -> {
        return end(event);
      }
      default -> tries = 0;
    }
    return Optional.empty();
  }

  private Optional<Ending> end(JsonNode event) {
    return switch (event.path("reason").asText()) {
      case "limit" -> Optional.of(new Ending.Done());
      // The columns of a view that was replaced are not those that are shown.
      case "failed", "changed" ->
          Optional.of(new Ending.Wrong(SqlError.of(event.path("message").asText())));
      default -> {
        isToComeBack = true;
        yield Optional.empty();
      }
    };
  }

  private void say(JsonNode event) {
    screen.err().println(SafeText.of(event.path("message").asText()));
    screen.err().flush();
  }
}
