package io.millrace.views;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;

/** A column of a view after its groups, as those see it who read the view. */
public sealed interface ReadColumn {

  String name();

  AggregateValue value(GroupRow row);

  /**
   * One of the aggregates.
   *
   * @param index of the plan's aggregates
   */
  record OfAggregate(int index, Aggregate aggregate) implements ReadColumn {
    @Override
    public String name() {
      return aggregate.name();
    }

    @Override
    public AggregateValue value(GroupRow row) {
      return row.value(index);
    }
  }

  /**
   * A number that is computed of the group and its aggregates.
   *
   * @param decimals of an exact number; empty for one that is not
   */
  record Computed(String name, GroupExpression expression, OptionalInt decimals)
      implements ReadColumn {
    @Override
    public AggregateValue value(GroupRow row) {
      return switch (expression.of(row)) {
        case BigDecimal number ->
            new AggregateValue.Single(
                decimals.isPresent()
                    ? number.setScale(decimals.getAsInt(), RoundingMode.HALF_UP)
                    : number);
        case Double number when Double.isFinite(number) ->
            new AggregateValue.Single(BigDecimal.valueOf(number));
        case Float number when Float.isFinite(number) ->
            new AggregateValue.Single(BigDecimal.valueOf(number));
        case Long number -> new AggregateValue.Single(BigDecimal.valueOf(number));
        case Integer number -> new AggregateValue.Single(BigDecimal.valueOf(number));
        case Short number -> new AggregateValue.Single(BigDecimal.valueOf(number));
        case Byte number -> new AggregateValue.Single(BigDecimal.valueOf(number));
        case null, default -> new AggregateValue.Unknown();
      };
    }
  }
}
