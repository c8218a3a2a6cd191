package io.millrace.server.drill.proof;

import io.millrace.model.cell.CellKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one processor answers when it is asked for all views.
 *
 * @param by its name
 * @param silence why it did not answer, if it did not
 * @param rows as they came
 */
public record ViewsAnswer(String by, Optional<String> silence, List<AnsweredCell> rows) {

  public ViewsAnswer {
    rows = List.copyOf(rows);
  }

  public static ViewsAnswer of(String by, List<AnsweredCell> rows) {
    return new ViewsAnswer(by, Optional.empty(), rows);
  }

  /** None came. */
  public static ViewsAnswer none(String by, String why) {
    return new ViewsAnswer(by, Optional.of(why), List.of());
  }

  /** The same of other rows. */
  ViewsAnswer withRows(List<AnsweredCell> other) {
    return new ViewsAnswer(by, silence, other);
  }

  /** What each cell is said to be, by the first row of it. */
  Map<CellKey, Map<String, BigDecimal>> cells() {
    var cells = new HashMap<CellKey, Map<String, BigDecimal>>();
    rows.forEach(row -> cells.putIfAbsent(row.key(), row.values()));
    return cells;
  }

  /** The rows of cells that had one before. */
  List<AnsweredCell> repeated() {
    Set<CellKey> told = new HashSet<>();
    return rows.stream().filter(row -> !told.add(row.key())).toList();
  }
}
