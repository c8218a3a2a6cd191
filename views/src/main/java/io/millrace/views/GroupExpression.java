package io.millrace.views;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that is computed of a row of a view when it is read. Safe for any number of threads.
 */
public final class GroupExpression {
  private final String text;
  private final Function<GroupRow, @Nullable Object> evaluation;

  /**
   * An expression.
   *
   * @param text says what; of one view, what has the same text gives the same values
   * @param evaluation a truth value, a number, or null where it has no value
   */
  public GroupExpression(String text, Function<GroupRow, @Nullable Object> evaluation) {
    this.text = text;
    this.evaluation = evaluation;
  }

  public @Nullable Object of(GroupRow row) {
    return evaluation.apply(row);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GroupExpression same && text.equals(same.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
