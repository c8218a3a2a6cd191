package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CellTasksTest {
  private final CellTasks tasks = new CellTasks();

  @Test
  void knowsWhoWorksAndInWhichTurn() {
    assertThat(tasks.turn(2)).isEmpty();
    tasks.begin(2);
    OptionalLong first = tasks.turn(2);
    tasks.end(2);
    assertThat(tasks.turn(2)).isEmpty();
    tasks.begin(2);

    assertThat(first).isPresent();
    assertThat(tasks.turn(2)).isPresent().isNotEqualTo(first);
  }

  @Test
  void countsAsAChangeThatThereAreCellsToRead() {
    long before = tasks.changes();
    tasks.begin(1);
    long begun = tasks.changes();
    tasks.changed();

    assertThat(begun).isGreaterThan(before);
    assertThat(tasks.changes()).isGreaterThan(begun);
  }
}
