package io.millrace.views;

import io.millrace.model.Outcome;

/** Which clicks a view or one of its aggregates is about. */
public sealed interface Filter {

  boolean admits(JudgedClick click);

  /** All of them. */
  record Everything() implements Filter {
    @Override
    public boolean admits(JudgedClick click) {
      return true;
    }
  }

  /** Those of which a field has one value. */
  record Is(Field field, String value) implements Filter {
    @Override
    public boolean admits(JudgedClick click) {
      return field.text(click).equals(value);
    }
  }

  /** Those of which a field has any value but one. */
  record IsNot(Field field, String value) implements Filter {
    @Override
    public boolean admits(JudgedClick click) {
      return !field.text(click).equals(value);
    }
  }

  /** Those with one outcome. */
  record HasOutcome(Outcome outcome) implements Filter {
    @Override
    public boolean admits(JudgedClick click) {
      return click.outcome() == outcome;
    }
  }
}
