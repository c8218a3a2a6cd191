package io.millrace.query.sql.push;

import io.millrace.query.sql.SqlAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A query over a view with one row, whose cells change all the time. */
final class FakeViewQuery implements ViewQuery {
  volatile Supplier<SqlAnswer> answer = () -> answer("path", "/a");
  volatile Optional<Set<Integer>> keyColumns = Optional.of(Set.of(0));

  /** One row of a text and a number. */
  static SqlAnswer answer(String column, String value) {
    return new SqlAnswer(
        List.of(new SqlAnswer.Column(column, "VARCHAR"), new SqlAnswer.Column("n", "BIGINT")),
        List.of(List.of(value, 1)),
        false,
        0,
        Duration.ZERO);
  }

  @Override
  public SqlAnswer ask() {
    return answer.get();
  }

  @Override
  public long version() {
    return System.nanoTime();
  }

  @Override
  public Optional<Set<Integer>> keyColumns() {
    return keyColumns;
  }
}
