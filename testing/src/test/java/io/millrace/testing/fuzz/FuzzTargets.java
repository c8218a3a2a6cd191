package io.millrace.testing.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Every decoder of bytes from outside. */
final class FuzzTargets {
  private FuzzTargets() {}

  static List<FuzzTarget> all() {
    return Stream.of(
            EventTargets.all(),
            RecordTargets.all(),
            CellTargets.all(),
            TableTargets.all(),
            SqlTargets.all(),
            TextTargets.all(),
            ConfigTargets.all())
        .flatMap(List::stream)
        .toList();
  }

  static FuzzTarget named(String name) {
    return all().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("fuzz.target: there is no " + name));
  }
}
