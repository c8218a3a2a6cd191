package io.millrace.query.sql;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/** The step of a plan that reads a reference table, which is in memory anyway: all of it. */
final class ReferenceTableScan extends TableScan implements EnumerableRel {

  ReferenceTableScan(RelOptCluster cluster, RelOptTable table) {
    super(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE), List.of(), table);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ReferenceTableScan(getCluster(), getTable());
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer preferred) {
    ReferenceTableSource source = getTable().unwrap(ReferenceTableSource.class);
    if (source == null) {
      throw new IllegalStateException("a scan of something that is no reference table");
    }
    return implementor.result(
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY),
        Blocks.toBlock(ScanReader.rowsOf(source, implementor)));
  }
}
