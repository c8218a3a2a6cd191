package io.millrace.query.sql;

import io.millrace.model.cell.Grain;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What the steps above look at in the columns of a step: the value itself, only its time rounded
 * down, or only what a function has merged of it. Belongs to one thread.
 */
final class ColumnUses {
  private final Set<Integer> values = new HashSet<>();
  private final Map<Integer, Set<Grain>> rounded = new HashMap<>();
  private final Map<Integer, Set<MergingFunction>> merged = new HashMap<>();

  Set<Integer> values() {
    return values;
  }

  Map<Integer, Set<Grain>> rounded() {
    return rounded;
  }

  Map<Integer, Set<MergingFunction>> merged() {
    return merged;
  }

  /** All columns that are looked at in any way. */
  Set<Integer> all() {
    Set<Integer> all = new HashSet<>(values);
    all.addAll(rounded.keySet());
    all.addAll(merged.keySet());
    return all;
  }

  void addValue(int column) {
    values.add(column);
  }

  void addMerged(int column, MergingFunction function) {
    merged.computeIfAbsent(column, none -> new HashSet<>()).add(function);
  }

  private void addRounded(int column, Grain grain) {
    rounded.computeIfAbsent(column, none -> new HashSet<>()).add(grain);
  }

  /** Takes over all that is used of a column of another step, as a use of one of this. */
  void addAll(ColumnUses others, int theirs, int mine) {
    if (others.values.contains(theirs)) {
      addValue(mine);
    }
    others.rounded.getOrDefault(theirs, Set.of()).forEach(grain -> addRounded(mine, grain));
    others.merged.getOrDefault(theirs, Set.of()).forEach(function -> addMerged(mine, function));
  }

  /** Adds what an expression looks at. */
  void addExpression(RexNode expression) {
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitInputRef(RexInputRef column) {
            addValue(column.getIndex());
            return null;
          }

          @Override
          public Void visitCall(RexCall call) {
            Optional<Grain> grain = roundedTo(call);
            if (grain.isPresent() && call.getOperands().getFirst() instanceof RexInputRef column) {
              addRounded(column.getIndex(), grain.get());
              return null;
            }
            return super.visitCall(call);
          }
        });
  }

  /** To what a time is rounded down: windows of this grain lie in one of its units. */
  private static Optional<Grain> roundedTo(RexCall call) {
    if (call.getOperands().isEmpty()
        || call.getOperands().getFirst().getType().getSqlTypeName() != SqlTypeName.TIMESTAMP) {
      return Optional.empty();
    }
    if (call.getKind() == SqlKind.CAST && call.getType().getSqlTypeName() == SqlTypeName.DATE) {
      return Optional.of(Grain.DAY);
    }
    return call.getKind() == SqlKind.FLOOR
            && call.getOperands().size() == 2
            && call.getOperands().get(1) instanceof RexLiteral unit
            && unit.getValue() instanceof TimeUnitRange range
        ? grainOf(range)
        : Optional.empty();
  }

  private static Optional<Grain> grainOf(TimeUnitRange unit) {
    return switch (unit) {
      case MINUTE -> Optional.of(Grain.MINUTE);
      case HOUR -> Optional.of(Grain.HOUR);
      case DAY, WEEK, MONTH, QUARTER, YEAR -> Optional.of(Grain.DAY);
      default -> Optional.empty();
    };
  }
}
