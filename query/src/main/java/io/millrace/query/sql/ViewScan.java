package io.millrace.query.sql;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;

/**
 * The step of a plan that reads a view. What was pushed down into it is in its request; its columns
 * are always all of the view's, of which those that nothing looks at are null.
 */
final class ViewScan extends TableScan implements EnumerableRel {
  private final ScanRequest request;

  ViewScan(RelOptCluster cluster, RelOptTable table, ScanRequest request) {
    super(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE), List.of(), table);
    this.request = request;
  }

  ScanRequest request() {
    return request;
  }

  ViewScan with(ScanRequest changed) {
    return new ViewScan(getCluster(), getTable(), changed);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ViewScan(getCluster(), getTable(), request);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("reads", request.inWords());
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer preferred) {
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    PlannedScan scan = PlannedScan.of(request, getCluster().getRexBuilder());
    return implementor.result(type, Blocks.toBlock(ScanReader.rowsOf(scan, implementor)));
  }
}
