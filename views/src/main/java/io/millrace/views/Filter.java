package io.millrace.views;

import io.millrace.model.Outcome;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which facts a view or one of its aggregates is about. */
public sealed interface Filter {

  /** What all of several filters admit; in the order in which they are asked. */
  static Filter all(List<Filter> filters) {
    List<Filter> parts =
        filters.stream()
            .flatMap(
                filter -> filter instanceof All(var inner) ? inner.stream() : Stream.of(filter))
            .filter(filter -> !(filter instanceof Everything))
            .distinct()
            .toList();
    return switch (parts.size()) {
      case 0 -> new Everything();
      case 1 -> parts.getFirst();
      default -> new All(parts);
    };
  }

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

  /** Those that each of several filters admits. */
  record All(List<Filter> filters) implements Filter {
    public All {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean admits(Fact fact) {
      // No stream: asked for every fact by every view.
      for (int i = 0; i < filters.size(); i++) {
        if (!filters.get(i).admits(fact)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean isOf(Source source) {
      return filters.stream().allMatch(filter -> filter.isOf(source));
    }

    @Override
    public String label() {
      return filters.stream().map(Filter::label).collect(Collectors.joining(" and "));
    }
  }

  /** Those that a filter does not admit. */
  record Not(Filter filter) implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return !filter.admits(fact);
    }

    @Override
    public boolean isOf(Source source) {
      return filter.isOf(source);
    }

    @Override
    public String label() {
      return "not (" + filter.label() + ")";
    }
  }

  /** Those of which something that is computed is true. */
  record IsTrue(Computed computed) implements Filter {
    @Override
    public boolean admits(Fact fact) {
      return Boolean.TRUE.equals(computed.of(fact));
    }

    @Override
    public boolean isOf(Source source) {
      return computed.source() == source;
    }

    @Override
    public String label() {
      return computed.text();
    }
  }
}
