package io.millrace.query.sql;

import io.millrace.model.cell.Accumulator;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.cell.LongAccumulator;
import io.millrace.views.Aggregate;
import io.millrace.views.AggregateValue;
import io.millrace.views.GroupRow;
import io.millrace.views.ReadColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cells on their way to being rows: one row each, or merged as far as the request allows. Belongs
 * to one thread.
 */
final class ScannedRows {
  private final ScanRequest request;
  private final Watch watch;
  private final List<ViewColumn> columns;
  private final int weight;

  /** Of each column that is needed, what it is; null for the others. */
  private final @Nullable ViewColumn[] needed;

  /** Which aggregate each column is that is needed; less than 0 for the others. */
  private final int[] aggregates;

  private long textHeld;
  private final List<Row> rows = new ArrayList<>();
  private final Map<List<Object>, Row> merged = new LinkedHashMap<>();

  ScannedRows(ScanRequest request, Watch watch) {
    this.request = request;
    this.watch = watch;
    columns = ViewColumn.of(request.plan());
    needed = new ViewColumn[columns.size()];
    aggregates = new int[columns.size()];
    for (int i = 0; i < needed.length; i++) {
      needed[i] = request.needed().contains(i) ? columns.get(i) : null;
      aggregates[i] =
          needed[i] instanceof ViewColumn.OfAggregate(int index, Aggregate _) ? index : -1;
    }
    weight = hasSketch() ? SqlLimits.ROWS_OF_A_SKETCH : 1;
  }

  private boolean hasSketch() {
    return request.needed().stream()
        .anyMatch(
            index ->
                columns.get(index) instanceof ViewColumn.OfAggregate(int _, Aggregate aggregate)
                    && SketchKind.of(aggregate).isPresent());
  }

  void add(CellKey key, Cell cell) {
    var group = new GroupRow(request.plan(), key.site(), key.dimensions(), cell);
    if (!request.plan().reading().admits(group)) {
      return;
    }
    @Nullable Object[] values = values(key, group);
    var accumulators = new Accumulator[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      if (aggregates[i] >= 0) {
        accumulators[i] = cell.accumulator(aggregates[i]);
      }
    }
    add(new Row(values, accumulators));
  }

  void addAll(ScannedRows others) {
    others.letGo();
    others.rows.forEach(this::add);
    others.merged.values().forEach(this::add);
  }

  /** Says that these rows are no longer held, or not by this. */
  void letGo() {
    watch.hold(-weight * (rows.size() + merged.size()));
    watch.holdText(-textHeld);
    textHeld = 0;
  }

  private void hold(Row row) {
    long bytes = Watch.textBytes(row.values);
    watch.hold(weight);
    watch.holdText(bytes);
    textHeld += bytes;
  }

  private void add(Row row) {
    if (request.mergedTo().isEmpty()) {
      hold(row);
      rows.add(row);
      return;
    }
    Row same = merged.putIfAbsent(Arrays.asList(row.values), row);
    if (same == null) {
      hold(row);
    } else {
      same.merge(row);
    }
  }

  /** What is known without the aggregates, which is also what tells rows apart. */
  private @Nullable Object[] values(CellKey key, GroupRow group) {
    var values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      ViewColumn column = needed[i];
      values[i] = column == null ? null : value(column, key, group);
    }
    return values;
  }

  private @Nullable Object value(ViewColumn column, CellKey key, GroupRow group) {
    return switch (column) {
      case ViewColumn.OfSite() -> key.site();
      case ViewColumn.OfWindowStart() -> windowStart(key);
      case ViewColumn.OfWindowEnd() -> windowEnd(key);
      case ViewColumn.OfDimension(int index) -> key.dimensions().get(index);
      case ViewColumn.OfAggregate _ -> null;
      case ViewColumn.OfComputed(ReadColumn.Computed computed) -> value(computed, group);
    };
  }

  private static @Nullable Object value(ReadColumn.Computed computed, GroupRow group) {
    if (!(computed.value(group) instanceof AggregateValue.Single(BigDecimal number))) {
      return null;
    }
    if (computed.decimals().isEmpty()) {
      return number.doubleValue();
    }
    return computed.decimals().getAsInt() == 0 ? (Object) number.longValue() : number;
  }

  private long windowEnd(CellKey key) {
    return request
        .plan()
        .hop()
        .map(hop -> hop.windowEnd(key.windowStart()))
        .orElseGet(() -> key.grain().windowEnd(windowStart(key)));
  }

  private long windowStart(CellKey key) {
    Grain grain = request.mergedTo().orElse(key.grain());
    return grain.windowStart(key.windowStart());
  }

  List<Object> toList() {
    List<Object> list = new ArrayList<>(rows.size() + merged.size());
    rows.forEach(row -> list.add(asCalciteTakesIt(row)));
    merged.values().forEach(row -> list.add(asCalciteTakesIt(row)));
    return list;
  }

  /** Of a table with one column, the value itself is the row. */
  private Object asCalciteTakesIt(Row row) {
    @Nullable Object[] values = row.values;
    for (int i = 0; i < values.length; i++) {
      Accumulator accumulator = row.accumulators[i];
      if (accumulator != null
          && columns.get(i) instanceof ViewColumn.OfAggregate(int _, Aggregate aggregate)) {
        values[i] = value(aggregate, accumulator);
      }
    }
    return values.length == 1 && values[0] != null ? values[0] : values;
  }

  private static @Nullable Object value(Aggregate aggregate, Accumulator accumulator) {
    SketchKind kind = SketchKind.of(aggregate).orElse(null);
    if (kind != null) {
      return kind.sketch(aggregate, accumulator);
    }
    if (aggregate.decimals() == 0 && accumulator instanceof LongAccumulator whole) {
      return whole.isOfNothing() ? null : (Object) whole.value();
    }
    return aggregate.value(accumulator) instanceof AggregateValue.Single(BigDecimal number)
        ? number
        : null;
  }

  /** One row that is being made. */
  private record Row(@Nullable Object[] values, @Nullable Accumulator[] accumulators) {

    void merge(Row other) {
      for (int i = 0; i < accumulators.length; i++) {
        Accumulator mine = accumulators[i];
        Accumulator others = other.accumulators[i];
        if (mine != null && others != null) {
          mine.merge(others);
        }
      }
    }
  }
}
