package io.millrace.server.sql;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The statements of a file or of standard input, each as soon as it has been read, so that neither
 * has to fit into memory. For one thread.
 */
public final class StatementReader {
  /** What the server takes as one statement. */
  static final int LONGEST = 64 * 1024;

  private final Reader text;
  private final StatementSplitter splitter = new StatementSplitter();
  private final Deque<Statement> found = new ArrayDeque<>();
  private final char[] piece = new char[8 * 1024];
  private boolean isOver;

  public StatementReader(Reader text) {
    this.text = text;
  }

  /** The next statement; the last needs no semicolon. */
  public Optional<Statement> next() throws IOException {
    while (found.isEmpty() && !isOver) {
      int length = text.read(piece);
      if (length < 0) {
        isOver = true;
        splitter.rest().ifPresent(found::add);
      } else {
        found.addAll(splitter.add(new String(piece, 0, length)));
        requireShort();
      }
    }
    return Optional.ofNullable(found.poll());
  }

  private void requireShort() throws IOException {
    if (splitter.pendingLength() > LONGEST) {
      throw new IOException(
          "the statement that begins in line "
              + splitter.rest().map(Statement::line).orElse(1)
              + " is longer than 64 KiB. Is a semicolon or a closing quote missing?");
    }
  }
}
