package io.millrace.server.sql;

import java.util.List;
import java.util.Set;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor whether a statement is at its end, and which word is being completed. */
final class LineParser implements Parser {
  /** Where the editor asks whether a line is whole: when it is entered, and for the next prompt. */
  private static final Set<ParseContext> NEEDS_END =
      Set.of(ParseContext.ACCEPT_LINE, ParseContext.SECONDARY_PROMPT);

  /** The word before the cursor, as it is: nothing in it is quoted or escaped. */
  record Word(String line, int cursor, String word) implements CompletingParsedLine {
    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (NEEDS_END.contains(context) && !ShellCommand.isOne(line)) {
      requireEnd(line);
    }
    return new Word(line, cursor, line.substring(Suggestions.wordStart(line, cursor), cursor));
  }

  private static void requireEnd(String line) {
    var splitter = new StatementSplitter();
    splitter.add(line);
    splitter
        .awaited()
        .ifPresent(
            missing -> {
              throw new EOFError(-1, -1, "the statement goes on", missing);
            });
  }

  /** Not even a backslash: it is an ordinary character in SQL. */
  @Override
  public boolean isEscapeChar(char character) {
    return false;
  }
}
