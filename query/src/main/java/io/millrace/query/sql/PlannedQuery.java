package io.millrace.query.sql;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A query with the steps that answer it.
 *
 * @param names of its columns, as they are written in the query
 * @param types of the same
 * @param parameters types of its question marks
 * @param literals that have become parameters
 * @param isExplained whether the plan itself is asked for
 */
record PlannedQuery(
    EnumerableRel plan,
    List<String> names,
    List<RelDataType> types,
    List<RelDataType> parameters,
    List<LiteralParameters.Parameter> literals,
    boolean isExplained) {

  PlannedQuery {
    names = List.copyOf(names);
    types = List.copyOf(types);
    parameters = List.copyOf(parameters);
    literals = List.copyOf(literals);
  }
}
