package io.millrace.query.sql;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;

/** A step between two others of a finished plan: it hands on every row and has it watched. */
final class Guard extends SingleRel implements EnumerableRel {
  private static final Method WATCHED =
      Types.lookupMethod(Watch.class, "watched", Enumerable.class, int.class);

  private static final Set<Class<? extends RelNode>> HOLDING =
      Set.of(Aggregate.class, Join.class, SetOp.class, Sort.class, Window.class);

  private final int weight;

  private Guard(RelNode input, int weight) {
    super(input.getCluster(), input.getTraitSet(), input);
    this.weight = weight;
  }

  /** The same plan with a guard between any two of its steps. */
  static EnumerableRel between(EnumerableRel plan) {
    return (EnumerableRel) guarded(plan);
  }

  private static RelNode guarded(RelNode step) {
    if (step.getInputs().isEmpty()) {
      return step;
    }
    List<RelNode> inputs =
        step.getInputs().stream()
            .map(input -> (RelNode) new Guard(guarded(input), weight(step, input)))
            .toList();
    return step.copy(step.getTraitSet(), inputs);
  }

  /** What a row of an input counts for: nothing, where the step keeps none or only one. */
  private static int weight(RelNode step, RelNode input) {
    boolean holds = HOLDING.stream().anyMatch(kind -> kind.isInstance(step));
    // The rows of a scan are held by the scan.
    if (!holds
        || input instanceof ViewScan
        || input instanceof ReferenceTableScan
        || isTotal(step)) {
      return 0;
    }
    boolean hasSketch =
        input.getRowType().getFieldList().stream()
            .anyMatch(field -> ViewTypes.sketchKind(field.getType()).isPresent());
    return hasSketch ? SqlLimits.ROWS_OF_A_SKETCH : 1;
  }

  private static boolean isTotal(RelNode step) {
    return step instanceof Aggregate aggregate
        && aggregate.getGroupCount() == 0
        && aggregate.getAggCallList().stream().noneMatch(call -> call.isDistinct());
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new Guard(inputs.getFirst(), weight);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer preferred) {
    var block = new BlockBuilder();
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), preferred);
    Expression rows = block.append("rows", input.block);
    block.add(
        Expressions.return_(
            null,
            Expressions.call(
                QueryContext.of(implementor, Watch.class),
                WATCHED,
                rows,
                Expressions.constant(weight))));
    return implementor.result(input.physType, block.toBlock());
  }
}
