package io.millrace.views;

import java.util.OptionalLong;

/**
 * A number of each fact that can be added up, compared and ranked: a numeric {@link Field} or a
 * property. It is a whole number of units of 10<sup>-{@link #decimals}</sup>, because only sums of
 * whole numbers are the same in any order and grouping.
 */
public sealed interface Measure extends FactPart permits Field, NumericProperty, ComputedMeasure {

  /** Whether it is a number at all, which most fields are not. */
  boolean isNumeric();

  /** How many decimals the number has. */
  int decimals();

  /**
   * The number of a fact in units of 10<sup>-decimals</sup>; empty where the fact has none.
   *
   * @throws IllegalStateException for a measure that is no number; an {@link Aggregate} does not
   *     admit one where this is called
   */
  OptionalLong amount(Fact fact);
}
