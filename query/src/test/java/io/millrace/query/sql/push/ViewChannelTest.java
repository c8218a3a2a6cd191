package io.millrace.query.sql.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ViewChannelTest {
  private final FakeViewQuery query = new FakeViewQuery();
  private final ViewChannel channel = ViewChannel.open("epoch", query, PushConfig.defaults());

  @Test
  void endsWhereTheViewHasOtherColumns() throws InterruptedException {
    try (ViewStream stream = channel.join(Optional.empty()).orElseThrow()) {
      assertThat(stream.next(10)).isEqualTo(new PushEvent.Snapshot(List.of(List.of("/a", 1))));

      query.answer = () -> FakeViewQuery.answer("country", "SE");

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
}
