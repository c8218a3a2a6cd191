package io.millrace.server.drill.proof;

import java.util.ArrayList;
import java.util.List;

/** Every cell of every built-in view against the oracle, in one row of the answer each. */
final class ViewsCheck {
  private ViewsCheck() {}

  static Finding examine(String check, Evidence evidence) {
    ViewsAnswer answer = evidence.answer();
    int expected = evidence.expectedCells().size();
    if (answer.silence().isPresent()) {
      String line = answer.by() + " did not answer: " + answer.silence().get();
      return new Finding(check, expected, line, 0, 0, 1, List.of(line));
    }
    CellDifferences differences = CellDifferences.between(evidence.expectedCells(), answer.cells());
    List<AnsweredCell> repeated = answer.repeated();
    List<String> examples = new ArrayList<>();
    repeated.forEach(row -> examples.add("%s answers %s twice".formatted(answer.by(), row.key())));
    differences.lines().forEach(line -> examples.add(answer.by() + ": " + line));
    long views =
        evidence.expectedCells().keySet().stream().map(key -> key.view()).distinct().count();
    return new Finding(
        check,
        expected,
        "%,d cells of %d views".formatted(expected, views),
        differences.missing().size(),
        repeated.size(),
        differences.wrong().size() + differences.unexpected().size(),
        examples);
  }
}
