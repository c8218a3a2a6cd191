package io.millrace.views;

import io.millrace.model.control.ViewGeneration;

/**
 * A view and the name that its cells are kept under.
 *
 * @param cells the view's own name, or for one that was defined by a command that of its generation
 */
public record KeptView(String cells, ViewPlan plan) {

  /** One that every installation has. */
  public static KeptView builtIn(ViewPlan plan) {
    return new KeptView(plan.name(), plan);
  }

  public static KeptView of(ViewGeneration generation, ViewPlan plan) {
    return new KeptView(generation.cells(), plan);
  }

  /** What statements call it; a former and a next generation of a view have the same. */
  public String name() {
    return plan.name();
  }

  /** Whether it was defined by a command, so that not every process has to know it. */
  public boolean isDefined() {
    return !cells.equals(plan.name());
  }
}
