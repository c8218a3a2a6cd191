package io.millrace.views;

import io.millrace.model.Outcome;

/** Which facts a view or one of its aggregates is about. */
public sealed interface Filter {

  boolean admits(Fact fact);

  /** All of them. */
  record Everything() implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return true;
    }
  }

  /** Those of which a field has one value. */
  record Is(Field field, String value) implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return field.text(fact).equals(value);
    }
  }

  /** Those of which a field has any value but one. */
  record IsNot(Field field, String value) implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return !field.text(fact).equals(value);
    }
  }

  /** Clicks with one outcome. */
  record HasOutcome(Outcome outcome) implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return fact instanceof JudgedClick click && click.outcome() == outcome;
    }
  }
}
