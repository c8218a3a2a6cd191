package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import io.millrace.views.table.ColumnType;
import io.millrace.views.table.ReferenceTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.jspecify.annotations.Nullable;

/**
 * A join of events with a reference table, by the whole of its primary key: the only kind that is
 * one look-up for each event.
 */
final class TableJoin {
  private final Join join;
  private final ReferenceTable table;
  private final List<RexNode> key;
  private final RexBuilder rex;

  private TableJoin(Join join, ReferenceTable table, List<RexNode> key) {
    this.join = join;
    this.table = table;
    this.key = key;
    rex = join.getCluster().getRexBuilder();
  }

  /**
   * Reads a join.
   *
   * @param position where it stands
   * @throws SqlException for any other join
   */
  static TableJoin of(Join join, Position position) {
    if (join.getJoinType() != JoinRelType.LEFT && join.getJoinType() != JoinRelType.INNER) {
      throw new SqlException(position, "a view joins by LEFT JOIN and INNER JOIN alone");
    }
    ReferenceTable table =
        tableOf(join.getRight())
            .orElseThrow(
                () ->
                    new SqlException(
                        position,
                        "events come first, and what they are joined with is a reference table by"
                            + " itself: FROM clicks c JOIN products p ON p.path = c.path"));
    return new TableJoin(join, table, key(join, table, position));
  }

  private static Optional<ReferenceTable> tableOf(RelNode side) {
    return side instanceof TableScan scan
        ? Optional.ofNullable(scan.getTable().unwrap(ReferenceSource.class))
            .map(ReferenceSource::table)
        : Optional.empty();
  }

  private static List<RexNode> key(Join join, ReferenceTable table, Position position) {
    List<String> names = table.plan().key();
    var key = new @Nullable RexNode[names.size()];
    for (RexNode part : RelOptUtil.conjunctions(join.getCondition())) {
      KeyPart found = keyPart(part, join, table, position);
      int place = names.indexOf(found.column());
      if (place < 0 || key[place] != null) {
        throw refused(table, position);
      }
      requireType(found, table, position);
      key[place] = found.value();
    }
    return Arrays.stream(key)
        .map(
            part -> {
              if (part == null) {
                throw refused(table, position);
              }
              return part;
            })
        .toList();
  }

  /** What a column of the table is to be equal to. */
  private record KeyPart(String column, RexNode value) {}

  private static KeyPart keyPart(
      RexNode condition, Join join, ReferenceTable table, Position position) {
    if (condition instanceof RexCall call && call.getKind() == SqlKind.EQUALS) {
      RexNode one = call.getOperands().get(0);
      RexNode other = call.getOperands().get(1);
      if (isOfTable(one, join) && !refersToTable(other, join)) {
        return new KeyPart(column(one, join, table), other);
      }
      if (isOfTable(other, join) && !refersToTable(one, join)) {
        return new KeyPart(column(other, join, table), one);
      }
    }
    throw refused(table, position);
  }

  /** Two that can never be equal are a mistake that nobody would notice. */
  private static void requireType(KeyPart part, ReferenceTable table, Position position) {
    boolean isText =
        table.plan().columns().stream()
            .filter(column -> column.name().equals(part.column()))
            .anyMatch(column -> column.type().kind() == ColumnType.Kind.VARCHAR);
    SqlTypeFamily expected = isText ? SqlTypeFamily.CHARACTER : SqlTypeFamily.EXACT_NUMERIC;
    if (!expected.contains(part.value().getType())) {
      throw new SqlException(
          position,
          part.column()
              + " is "
              + (isText ? "VARCHAR" : "BIGINT")
              + ", which "
              + part.value().getType().getSqlTypeName()
              + " never equals; write CAST(… AS "
              + (isText ? "VARCHAR" : "BIGINT")
              + ")");
    }
  }

  private static SqlException refused(ReferenceTable table, Position position) {
    return new SqlException(
        position,
        "a view joins "
            + table.plan().name()
            + " where each column of its key ("
            + String.join(", ", table.plan().key())
            + ") equals something of the event, and nothing else is said after ON; further"
            + " conditions belong into WHERE");
  }

  private static int ofEvents(Join join) {
    return join.getLeft().getRowType().getFieldCount();
  }

  private static boolean isOfTable(RexNode expression, Join join) {
    return expression instanceof RexInputRef reference && reference.getIndex() >= ofEvents(join);
  }

  private static boolean refersToTable(RexNode expression, Join join) {
    return RelOptUtil.InputFinder.bits(expression).length() > ofEvents(join);
  }

  private static String column(RexNode reference, Join join, ReferenceTable table) {
    return table.plan().columns().get(((RexInputRef) reference).getIndex() - ofEvents(join)).name();
  }

  ReferenceTable table() {
    return table;
  }

  /** Whether events without a row are left out. */
  boolean isInner() {
    return join.getJoinType() == JoinRelType.INNER;
  }

  /** Whether an event has a row, over the columns of the events. */
  RexNode isThere() {
    return TableLookup.isThere(table, key, rex);
  }

  /** An expression over the join as one over the columns of the events. */
  RexNode overEvents(RexNode expression) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return isOfTable(reference, join)
                ? TableLookup.column(
                    table, reference.getIndex() - ofEvents(join), reference.getType(), key, rex)
                : reference;
          }
        });
  }
}
