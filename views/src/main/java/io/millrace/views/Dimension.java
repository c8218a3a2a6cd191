package io.millrace.views;

/** What the groups of a view, its uniques or its most frequent values are told apart by. */
public sealed interface Dimension extends FactPart permits Field, ComputedDimension {

  /**
   * The value as a text; empty where it is unknown.
   *
   * @throws IllegalStateException for a fact of a kind that does not have it; a {@link ViewPlan}
   *     does not admit such a dimension
   */
  String text(Fact fact);
}
