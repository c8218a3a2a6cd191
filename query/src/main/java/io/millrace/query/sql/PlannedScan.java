package io.millrace.query.sql;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutorImpl;
import org.jspecify.annotations.Nullable;

/**
 * What a plan reads of a view, with the code that computes what only each run knows.
 *
 * @param values what the conditions of the request that wait for it compare with
 */
record PlannedScan(ScanRequest request, Function1<DataContext, @Nullable Object[]> values) {
  private static final Function1<DataContext, @Nullable Object[]> NOTHING =
      context -> new Object[0];

  static PlannedScan of(ScanRequest request, RexBuilder expressions) {
    if (request.later().isEmpty()) {
      return new PlannedScan(request, NOTHING);
    }
    RelDataTypeFactory types = expressions.getTypeFactory();
    return new PlannedScan(
        request,
        RexExecutorImpl.getExecutable(
                expressions,
                request.later().stream().map(ScanRequest.LaterFilter::value).toList(),
                types.createStructType(List.of(), List.of()))
            .getFunction());
  }

  /** What is read in one run. */
  ScanRequest bound(DataContext run) {
    return ScanFilters.bound(request, values.apply(run));
  }
}
