package io.millrace.streams.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.control.ViewGeneration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final ViewGeneration FIRST = new ViewGeneration("a", 7);
  private static final ViewGeneration SECOND = new ViewGeneration("b", 3);
  private static final ViewGeneration THIRD = new ViewGeneration("c", 5);

  private final Turns turns = new Turns();

  @Test
  void eachHasItsTurnBeforeOneHasAnother() {
    List<ViewGeneration> due = List.of(THIRD, FIRST, SECOND);

    assertThat(turns.next(due)).contains(FIRST);
    assertThat(turns.next(due)).contains(SECOND);
    assertThat(turns.next(due)).contains(THIRD);
    assertThat(turns.next(due)).contains(FIRST);
  }

  @Test
  void whatIsDoneOrNewChangesNothingForTheOthers() {
    assertThat(turns.next(List.of(SECOND))).contains(SECOND);
    assertThat(turns.next(List.of(SECOND))).contains(SECOND);
    assertThat(turns.next(List.of(FIRST, SECOND, THIRD))).contains(THIRD);
    assertThat(turns.next(List.of())).isEmpty();
    assertThat(turns.next(List.of(FIRST))).contains(FIRST);
  }
}
