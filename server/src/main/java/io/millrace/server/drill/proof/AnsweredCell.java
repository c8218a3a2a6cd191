package io.millrace.server.drill.proof;

import io.millrace.model.cell.CellKey;
import java.math.BigDecimal;
import java.util.Map;

/**
 * A row of an answer to a query.
 *
 * @param values by the names of the aggregates
 */
public record AnsweredCell(CellKey key, Map<String, BigDecimal> values) {

  public AnsweredCell {
    values = Map.copyOf(values);
  }
}
