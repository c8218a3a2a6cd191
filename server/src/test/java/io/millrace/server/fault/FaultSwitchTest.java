package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultSwitchTest {

  private final List<String> steps = new ArrayList<>();

  @Test
  void doesAndUndoesOnceHoweverOftenItIsAsked() {
    try (Fault fault = fault("a")) {
      fault.heal();
      fault.inject();
      fault.inject();
      fault.heal();
      fault.heal();
      fault.inject();
    }

    assertThat(steps).containsExactly("a on", "a off", "a on", "a off");
  }

  @Test
  void undoesWhatWasDoneByHalf() {
    var fault =
        new FaultSwitch(
            "half",
            () -> {
              throw new IllegalStateException("refused");
            },
            () -> steps.add("undone"));

    assertThatThrownBy(fault::inject).hasMessage("refused");
    fault.heal();

    assertThat(steps).containsExactly("undone");
  }

  @Test
  void severalTogetherAreUndoneInReverse() {
    Fault both = Together.of("both", List.of(fault("a"), fault("b")));

    both.inject();
    both.heal();

    assertThat(both.description()).isEqualTo("both");
    assertThat(steps).containsExactly("a on", "b on", "b off", "a off");
  }

  private Fault fault(String name) {
    return new FaultSwitch(name, () -> steps.add(name + " on"), () -> steps.add(name + " off"));
  }
}
