package io.millrace.server.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.server.report.SafeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Passes an answer on as the server wrote it. At a terminal, what would do something there is
 * escaped; elsewhere not a character is changed. For one thread.
 */
final class AnswerCopy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PIECE = 8 * 1024;

  private final BufferedReader answer;
  private final Screen screen;

  AnswerCopy(InputStream answer, Screen screen) {
    this.answer = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
    this.screen = screen;
  }

  /** Passes on a document of any kind. */
  void document() throws IOException, InterruptedException {
    var piece = new char[PIECE];
    boolean isLineOpen = false;
    for (int length = read(piece); length > 0; length = read(piece)) {
      AnswerWriter.stopIfInterrupted();
      screen.out().print(shown(new String(piece, 0, length)));
      isLineOpen = piece[length - 1] != '\n';
    }
    if (isLineOpen) {
      screen.out().println();
    }
  }

  /** As much as there is; never half of a character. */
  private int read(char[] piece) throws IOException {
    int length = answer.read(piece, 0, PIECE - 1);
    if (length > 0 && Character.isHighSurrogate(piece[length - 1])) {
      length += Math.max(0, answer.read(piece, length, 1));
    }
    return length;
  }

  /** Passes on one value a line, each at once; what is wrong if the last is not the end. */
  Optional<String> lines() throws IOException, InterruptedException {
    String last = "{}";
    for (String line = answer.readLine(); line != null; line = answer.readLine()) {
      AnswerWriter.stopIfInterrupted();
      screen.out().println(shown(line));
      screen.out().flush();
      last = line;
    }
    return problemIn(JSON.readTree(last));
  }

  private static Optional<String> problemIn(JsonNode end) {
    JsonNode error = end.path("error").path("message");
    if (!error.isMissingNode()) {
      return Optional.of(error.asText());
    }
    return end.has("truncated") || end.has("message")
        ? Optional.empty()
        : Optional.of(AnswerWriter.BROKE_OFF);
  }

  private String shown(String text) {
    if (!screen.isTerminal()) {
      return text;
    }
    var safe = new StringBuilder();
    for (String line : text.replace("\r", "").split("(?<=\n)", -1)) {
      boolean isWhole = line.endsWith("\n");
      safe.append(SafeText.of(isWhole ? line.substring(0, line.length() - 1) : line))
          .append(isWhole ? "\n" : "");
    }
    return safe.toString();
  }
}
