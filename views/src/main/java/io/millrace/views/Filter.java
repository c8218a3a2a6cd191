package io.millrace.views;

import io.millrace.model.Outcome;

/** Which facts a view or one of its aggregates is about. */
public sealed interface Filter {

  boolean admits(Fact fact);

  /** Whether it can be asked of facts of a kind; any other it would silently never admit. */
  boolean isOf(Source source);

  /** In words, for messages. */
  String label();

  /** All of them. */
  record Everything() implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return true;
    }

    @Override
    public boolean isOf(Source source) {
      return true;
    }

    @Override
    public String label() {
      return "everything";
    }
  }

  /** Those of which a field has one value. */
  record Is(Field field, String value) implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return field.text(fact).equals(value);
    }

    @Override
    public boolean isOf(Source source) {
      return field.isOf(source);
    }

    @Override
    public String label() {
      return field.label() + " is " + value;
    }
  }

  /** Those of which a field has any value but one. */
  record IsNot(Field field, String value) implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return !field.text(fact).equals(value);
    }

    @Override
    public boolean isOf(Source source) {
      return field.isOf(source);
    }

    @Override
    public String label() {
      return field.label() + " is not " + value;
    }
  }

  /** Clicks with one outcome. */
  record HasOutcome(Outcome outcome) implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return fact instanceof JudgedClick click && click.outcome() == outcome;
    }

    @Override
    public boolean isOf(Source source) {
      return source == Source.CLICKS;
    }

    @Override
    public String label() {
      return "the outcome is " + outcome.label();
    }
  }
}
