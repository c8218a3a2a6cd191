package io.millrace.views;

import io.millrace.model.cell.Accumulator;
import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.Max;
import io.millrace.model.cell.Min;
import io.millrace.model.cell.Sum;

/** A number that a view keeps for each of its cells. */
public sealed interface Aggregate {

  /** The name in queries and answers. */
  String name();

  /** Which of the view's clicks it is about. */
  Filter filter();

  /** What it is before the first click. */
  Accumulator empty();

  /** Adds one click to what {@link #empty} began. */
  void add(JudgedClick click, Accumulator accumulator);

  /** How many clicks. */
  record Count(String name, Filter filter) implements Aggregate {
    @Override
    public Accumulator empty() {
      return new Sum();
    }

    @Override
    public void add(JudgedClick click, Accumulator accumulator) {
      ((Sum) accumulator).add(1);
    }
  }

  /** The sum of a numeric field. */
  record SumOf(String name, Filter filter, Field field) implements Aggregate {
    public SumOf {
      requireNumeric(name, field);
    }

    @Override
    public Accumulator empty() {
      return new Sum();
    }

    @Override
    public void add(JudgedClick click, Accumulator accumulator) {
      ((Sum) accumulator).add(field.number(click));
    }
  }

  /** The least value of a numeric field. */
  record MinOf(String name, Filter filter, Field field) implements Aggregate {
    public MinOf {
      requireNumeric(name, field);
    }

    @Override
    public Accumulator empty() {
      return new Min();
    }

    @Override
    public void add(JudgedClick click, Accumulator accumulator) {
      ((Min) accumulator).add(field.number(click));
    }
  }

  /** The greatest value of a numeric field. */
  record MaxOf(String name, Filter filter, Field field) implements Aggregate {
    public MaxOf {
      requireNumeric(name, field);
    }

    @Override
    public Accumulator empty() {
      return new Max();
    }

    @Override
    public void add(JudgedClick click, Accumulator accumulator) {
      ((Max) accumulator).add(field.number(click));
    }
  }

  /** About how many different values a field has; see {@link Distinct} for the error. */
  record DistinctOf(String name, Filter filter, Field field) implements Aggregate {
    @Override
    public Accumulator empty() {
      return new Distinct();
    }

    @Override
    public void add(JudgedClick click, Accumulator accumulator) {
      ((Distinct) accumulator).add(field.text(click));
    }
  }

  private static void requireNumeric(String name, Field field) {
    if (!field.isNumeric()) {
      throw new IllegalArgumentException(
          name + ": the field " + field.label() + " is not a number");
    }
  }
}
