package io.millrace.views.sql;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A statement that is wrong or asks for something that there is not; says what, where and why. */
public final class SqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Position position;

  public SqlException(Position position, String message) {
    this(position, message, null);
  }

  public SqlException(Position position, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.position = position;
  }

  /**
   * What is made, where it can be: what a plan refuses is said in words that are about the
   * statement.
   */
  static <T> T located(Position position, Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException | ArithmeticException refused) {
      throw new SqlException(position, String.valueOf(refused.getMessage()), refused);
    }
  }

  /** Where in the statement. */
  public Position position() {
    return position;
  }

  /**
   * A place in a statement.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Position(int line, int column) {
    public static final Position START = new Position(1, 1);
  }
}
