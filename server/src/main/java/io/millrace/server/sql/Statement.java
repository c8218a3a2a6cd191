package io.millrace.server.sql;

/**
 * One statement of a text.
 *
 * @param text from its first word to the last before its semicolon
 * @param line of the text where it begins, from 1
 */
public record Statement(String text, int line) {

  public Statement {
    if (text.isBlank() || line < 1) {
      throw new IllegalArgumentException("statement: '" + text + "' in line " + line);
    }
  }
}
