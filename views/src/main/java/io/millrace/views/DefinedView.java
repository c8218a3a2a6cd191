package io.millrace.views;

import io.millrace.model.control.ViewDefinition;

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
}
