package io.millrace.views.sql;

import io.millrace.model.cell.Grain;
import io.millrace.views.Hop;
import io.millrace.views.sql.SqlException.Position;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The windows of a view.
 *
 * @param table whose columns come before those of the windows
 */
record ViewWindows(QueryShape shape, SourceTable table) {
  static final String START = "window_start";
  static final String END = "window_end";

  /** What is said where something is computed of them. */
  static final String NOTHING_COMPUTED = "nothing is computed of window_start and window_end";

  private static final int HOP_OPERANDS = 3;

  Grain finest() {
    if (shape.windows().isEmpty()) {
      return Grain.ALL;
    }
    RexCall call = window();
    String name = call.getOperator().getName();
    boolean isKnown =
        (name.equals("TUMBLE") && call.getOperands().size() == 2)
            || (name.equals("HOP") && call.getOperands().size() == HOP_OPERANDS);
    if (!isKnown) {
      throw new SqlException(
          shape.from(),
          "the windows of a view are TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1'"
              + " MINUTE), '1' HOUR or '1' DAY, or HOP(TABLE clicks, DESCRIPTOR(event_time),"
              + " INTERVAL '1' MINUTE, INTERVAL '15' MINUTE)");
    }
    requireEventTime(call.getOperands().get(0));
    if (shape.groups().stream().noneMatch(this::isWindowColumn)) {
      throw new SqlException(
          shape.from(), "group by window_start and window_end, or do without windows");
    }
    return grain(call.getOperands().get(1));
  }

  private RexCall window() {
    return (RexCall) shape.windows().getFirst();
  }

  /** How windows overlap: they hop by a grain, and are several of it long. */
  Optional<Hop> hop() {
    if (shape.windows().isEmpty() || !window().getOperator().getName().equals("HOP")) {
      return Optional.empty();
    }
    Grain slide = grain(window().getOperands().get(1));
    long size = millis(window().getOperands().get(2)).orElse(0);
    long length = slide.length().toMillis();
    if (size == length) {
      return Optional.empty();
    }
    if (size <= 0 || size % length != 0 || size / length > Hop.MOST_SLIDES) {
      throw new SqlException(
          shape.from(),
          "HOP(…, slide, size): the size is a multiple of the slide, up to "
              + Hop.MOST_SLIDES
              + " times as long");
    }
    return Optional.of(new Hop(slide, Math.toIntExact(size / length)));
  }

  private static OptionalLong millis(RexNode interval) {
    return interval instanceof RexLiteral literal
            && SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getTypeName())
            && literal.getValue() instanceof BigDecimal millis
        ? OptionalLong.of(millis.longValue())
        : OptionalLong.empty();
  }

  private void requireEventTime(RexNode descriptor) {
    RexNode column = ((RexCall) descriptor).getOperands().getFirst();
    if (!(column instanceof RexInputRef reference)
        || !table.columns().get(reference.getIndex()).name().equals(SourceTable.TIME)) {
      throw new SqlException(shape.from(), "windows are of " + SourceTable.TIME);
    }
  }

  private Grain grain(RexNode interval) {
    long millis = millis(interval).orElse(0);
    for (Grain grain : List.of(Grain.MINUTE, Grain.HOUR, Grain.DAY)) {
      if (millis == grain.length().toMillis()) {
        return grain;
      }
    }
    throw new SqlException(
        shape.from(),
        "windows are of a minute, an hour or a day, or hop by one; longer ones are made when read");
  }

  boolean isWindowColumn(RexNode expression) {
    return expression instanceof RexInputRef reference
        && reference.getIndex() >= table.columns().size();
  }

  int windowColumn(RexNode expression) {
    return ((RexInputRef) expression).getIndex() - table.columns().size();
  }

  void requireNone(RexNode expression, Position position) {
    boolean hasWindow =
        RelOptUtil.InputFinder.bits(expression).asList().stream()
            .anyMatch(index -> index >= table.columns().size());
    if (hasWindow) {
      throw new SqlException(position, NOTHING_COMPUTED);
    }
  }
}
