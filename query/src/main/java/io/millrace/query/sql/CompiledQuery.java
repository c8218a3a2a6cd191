package io.millrace.query.sql;

import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.Bindable;

/**
 * A query as code, which any number of runs may use at the same time.
 *
 * @param code answers with rows, given a {@link QueryContext}
 * @param constants what the code asks the context for besides what each run has of its own
 * @param names of the columns
 * @param types of the same
 * @param parameters types of the question marks of the query
 * @param literals the literals that have become parameters, numbered after those of the query
 * @param time the parameters that say what time it is, after all others
 * @param steps of the plan, guards included
 */
record CompiledQuery(
    Bindable<?> code,
    Map<String, Object> constants,
    List<String> names,
    List<RelDataType> types,
    List<RelDataType> parameters,
    List<LiteralParameters.Parameter> literals,
    QueryTime time,
    int steps) {

  CompiledQuery {
    constants = Map.copyOf(constants);
    names = List.copyOf(names);
    types = List.copyOf(types);
    parameters = List.copyOf(parameters);
    literals = List.copyOf(literals);
  }
}
