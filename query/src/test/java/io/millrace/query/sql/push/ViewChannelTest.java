package io.millrace.query.sql.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.query.sql.SqlAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ViewChannelTest {
  private final FakeQuery query = new FakeQuery();
  private final ViewChannel channel = ViewChannel.open("epoch", query, PushConfig.defaults());

  @Test
  void endsWhereTheViewHasOtherColumns() throws InterruptedException {
    try (ViewStream stream = channel.join(Optional.empty()).orElseThrow()) {
      assertThat(stream.next(10)).isEqualTo(new PushEvent.Snapshot(List.of(List.of("/a", 1))));

      query.answer = () -> answer("country", "SE");

      assertThat(stream.next(10)).isEqualTo(PushEvent.End.of(PushEvent.Reason.CHANGED));
      assertThat(channel.join(Optional.empty())).isEmpty();
    }
  }

  @Test
  void endsWhereOtherColumnsTellRowsApart() throws InterruptedException {
    try (ViewStream stream = channel.join(Optional.empty()).orElseThrow()) {
      stream.next(10);

      query.keyColumns = Optional.of(Set.of(0, 1));

      assertThat(stream.next(10)).isEqualTo(PushEvent.End.of(PushEvent.Reason.CHANGED));
    }
  }

  @Test
  void anErrorEndsItForAllWhoFollow() throws InterruptedException {
    try (ViewStream stream = channel.join(Optional.empty()).orElseThrow()) {
      stream.next(10);

      query.answer =
          () -> {
            throw new StackOverflowError("a test");
          };

      assertThat(stream.next(10))
          .isInstanceOfSatisfying(
              PushEvent.End.class,
              end -> assertThat(end.reason()).isEqualTo(PushEvent.Reason.FAILED));
    }
  }

  private static SqlAnswer answer(String column, String value) {
    return new SqlAnswer(
        List.of(new SqlAnswer.Column(column, "VARCHAR"), new SqlAnswer.Column("n", "BIGINT")),
        List.of(List.of(value, 1)),
        false,
        0,
        Duration.ZERO);
  }

  /** One whose cells change all the time. */
  private static final class FakeQuery implements ViewQuery {
    private volatile Supplier<SqlAnswer> answer = () -> answer("path", "/a");
    private volatile Optional<Set<Integer>> keyColumns = Optional.of(Set.of(0));

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
}
