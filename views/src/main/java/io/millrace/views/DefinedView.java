package io.millrace.views;

import io.millrace.model.control.ViewDefinition;
import io.millrace.views.table.ReferenceTable;

/** A definition and what it says. */
public record DefinedView(ViewDefinition definition, ViewPlan plan) {

  /** As stage 1 adds to it, and stage 2 keeps it. */
  public KeptView kept() {
    return KeptView.of(definition.generation(), plan);
  }

  /** Whether all of its past is in its cells, so that they are right. */
  public boolean isWhole() {
    return definition.isWhole();
  }

  /** Whether rows of all its reference tables can be looked up in this process. */
  public boolean hasItsTables() {
    return plan.tables().stream().allMatch(ReferenceTable::isSettled);
  }
}
