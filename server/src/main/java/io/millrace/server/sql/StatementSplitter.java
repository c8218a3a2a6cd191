package io.millrace.server.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the statements in a text that comes in pieces: they end with a semicolon that is neither in
 * a text ({@code 'a;b'}), a quoted name ({@code "a;b"}) nor a comment. It knows no more of SQL than
 * that; what the statements mean is for the server to say.
 *
 * <p>Comments before a statement are left out, so that its first line is that of its first word.
 * For one thread.
 */
public final class StatementSplitter {

  /** What the next character is in, and what ends it. */
  private enum Place {
    CODE(";"),
    TEXT("'"),
    NAME("\""),
    LINE_COMMENT(";"),
    BLOCK_COMMENT("*/");

    private final String end;

    Place(String end) {
      this.end = end;
    }
  }

  private static final int NOWHERE = -1;

  private final StringBuilder pending = new StringBuilder();
  private Place place = Place.CODE;

  /** The character before, where the two may be a pair such as {@code --}. */
  private char previous;

  private int line = 1;
  private int start = NOWHERE;
  private int firstLine = 1;

  /** Takes the next piece, and gives the statements that end in it. */
  public List<Statement> add(CharSequence piece) {
    var ended = new ArrayList<Statement>();
    for (int i = 0; i < piece.length(); i++) {
      char next = piece.charAt(i);
      if (place == Place.CODE && next == ';') {
        rest().ifPresent(ended::add);
        reset();
      } else {
        step(next);
      }
      if (next == '\n') {
        line++;
      }
    }
    return ended;
  }

  /** What has begun and not ended with a semicolon. */
  public Optional<Statement> rest() {
    return start == NOWHERE
        ? Optional.empty()
        : Optional.of(new Statement(pending.substring(start).strip(), firstLine));
  }

  /** What has to come before the text is at an end; empty if it is between statements. */
  public Optional<String> awaited() {
    return start == NOWHERE && place != Place.BLOCK_COMMENT
        ? Optional.empty()
        : Optional.of(place.end);
  }

  /** How many characters have not become a statement yet. */
  int pendingLength() {
    return pending.length();
  }

  /** Whether what comes next would be read as words of a statement. */
  boolean isInCode() {
    return place == Place.CODE;
  }

  private void step(char next) {
    switch (place) {
      case CODE -> inCode(next);
      case TEXT, NAME -> leaveAt(place.end.charAt(0), next);
      case LINE_COMMENT -> leaveAt(next == '\r' ? '\r' : '\n', next);
      case BLOCK_COMMENT -> inBlockComment(next);
    }
    if (start == NOWHERE) {
      pending.setLength(0);
    }
    pending.append(next);
  }

  private void inCode(char next) {
    switch (next) {
      case '\'' -> enter(Place.TEXT);
      case '"' -> enter(Place.NAME);
      case '-' -> commentOr(previous == '-', Place.LINE_COMMENT, next);
      case '/' -> commentOr(previous == '/', Place.LINE_COMMENT, next);
      case '*' -> commentOr(previous == '/', Place.BLOCK_COMMENT, next);
      default -> code(next);
    }
  }

  private void commentOr(boolean isPair, Place comment, char next) {
    if (!isPair) {
      code(next);
      return;
    }
    if (start == pending.length() - 1) {
      // The first of the pair looked like the beginning of the statement.
      start = NOWHERE;
    }
    place = comment;
    previous = 0;
  }

  private void code(char next) {
    if (start == NOWHERE && !Character.isWhitespace(next) && next != '\uFEFF') {
      begin();
    }
    previous = next;
  }

  private void enter(Place quoted) {
    if (start == NOWHERE) {
      begin();
    }
    place = quoted;
    previous = 0;
  }

  private void begin() {
    pending.setLength(0);
    start = 0;
    firstLine = line;
  }

  private void leaveAt(char end, char next) {
    // A doubled quote leaves the text and enters it again, which comes to the same.
    if (next == end) {
      place = Place.CODE;
    }
  }

  private void inBlockComment(char next) {
    boolean ends = previous == '*' && next == '/';
    if (ends) {
      place = Place.CODE;
    }
    previous = ends ? 0 : next;
  }

  private void reset() {
    pending.setLength(0);
    start = NOWHERE;
    previous = 0;
  }
}
