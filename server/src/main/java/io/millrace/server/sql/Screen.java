package io.millrace.server.sql;

import java.io.PrintWriter;
import java.util.function.IntSupplier;

/**
 * Where answers and errors are shown.
 *
 * @param isTerminal whether a person sees them, so that control characters would do something
 * @param width how many places a line has at the moment
 */
public record Screen(PrintWriter out, PrintWriter err, boolean isTerminal, IntSupplier width) {
  /**
   * The width of what is no terminal: wide enough for most tables, and not for cells without end.
   */
  private static final int UNLIMITED = 2_000;

  /** A file or another program. */
  public static Screen ofStream(PrintWriter out, PrintWriter err) {
    return new Screen(out, err, false, () -> UNLIMITED);
  }
}
