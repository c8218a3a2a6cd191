package io.millrace.views;

import io.millrace.model.cell.Accumulator;
import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.FrequentItems;
import io.millrace.model.cell.LongAccumulator;
import io.millrace.model.cell.Mean;
import io.millrace.model.cell.Quantiles;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a view keeps for each of its cells. */
public sealed interface Aggregate {

  /** The name in queries and answers. */
  String name();

  /** Which of the view's facts it is about. */
  Filter filter();

  /** What it asks of each of them; nothing, where it counts them. */
  Optional<FactPart> input();

  /** How many decimals the numbers have that it is about; 0 where it is about none. */
  default int decimals() {
    return input().orElse(null) instanceof Measure measure ? measure.decimals() : 0;
  }

  /** What it is before the first fact. */
  Accumulator empty();

  /** Adds one fact to what {@link #empty} began. */
  void add(Fact fact, Accumulator accumulator);

  /** What it says, of what {@link #empty} began. */
  AggregateValue value(Accumulator accumulator);

  /** One from which a fact that was added can be taken back, as sessions need that still grow. */
  sealed interface Reversible extends Aggregate {

    /**
     * Takes back one fact, whether it was added here or in another partial of the same cell, whose
     * sum with this one is then as if it had never been added.
     */
    void remove(Fact fact, Accumulator accumulator);
  }

  /** How many facts. */
  record Count(String name, Filter filter) implements Reversible {
    @Override
    public Optional<FactPart> input() {
      return Optional.empty();
    }

    @Override
    public Accumulator empty() {
      return LongAccumulator.sum();
    }

    @Override
    public void add(Fact fact, Accumulator accumulator) {
      ((LongAccumulator) accumulator).add(1);
    }

    @Override
    public void remove(Fact fact, Accumulator accumulator) {
      ((LongAccumulator) accumulator).add(-1);
    }

    @Override
    public AggregateValue value(Accumulator accumulator) {
      return number(accumulator, 0);
    }
  }

  /** The sum of a measure. */
  record SumOf(String name, Filter filter, Measure measure) implements Reversible {
    public SumOf {
      requireNumeric(name, measure);
    }

    @Override
    public Optional<FactPart> input() {
      return Optional.of(measure);
    }

    @Override
    public Accumulator empty() {
      return LongAccumulator.sum();
    }

    @Override
    public void add(Fact fact, Accumulator accumulator) {
      addAmount(measure, fact, (LongAccumulator) accumulator);
    }

    @Override
    public void remove(Fact fact, Accumulator accumulator) {
      OptionalLong amount = measure.amount(fact);
      if (amount.isPresent()) {
        ((LongAccumulator) accumulator).add(-amount.getAsLong());
      }
    }

    @Override
    public AggregateValue value(Accumulator accumulator) {
      return number(accumulator, measure.decimals());
    }
  }

  /** The least value of a measure. */
  record MinOf(String name, Filter filter, Measure measure) implements Aggregate {
    public MinOf {
      requireNumeric(name, measure);
    }

    @Override
    public Optional<FactPart> input() {
      return Optional.of(measure);
    }

    @Override
    public Accumulator empty() {
      return LongAccumulator.min();
    }

    @Override
    public void add(Fact fact, Accumulator accumulator) {
      addAmount(measure, fact, (LongAccumulator) accumulator);
    }

    @Override
    public AggregateValue value(Accumulator accumulator) {
      return number(accumulator, measure.decimals());
    }
  }

  /** The greatest value of a measure. */
  record MaxOf(String name, Filter filter, Measure measure) implements Aggregate {
    public MaxOf {
      requireNumeric(name, measure);
    }

    @Override
    public Optional<FactPart> input() {
      return Optional.of(measure);
    }

    @Override
    public Accumulator empty() {
      return LongAccumulator.max();
    }

    @Override
    public void add(Fact fact, Accumulator accumulator) {
      addAmount(measure, fact, (LongAccumulator) accumulator);
    }

    @Override
    public AggregateValue value(Accumulator accumulator) {
      return number(accumulator, measure.decimals());
    }
  }

  /** The arithmetic mean of a measure, of the facts that have it. */
  record AvgOf(String name, Filter filter, Measure measure) implements Reversible {
    public AvgOf {
      requireNumeric(name, measure);
    }

    @Override
    public Optional<FactPart> input() {
      return Optional.of(measure);
    }

    @Override
    public Accumulator empty() {
      return new Mean();
    }

    @Override
    public void add(Fact fact, Accumulator accumulator) {
      OptionalLong amount = measure.amount(fact);
      if (amount.isPresent()) {
        ((Mean) accumulator).add(amount.getAsLong());
      }
    }

    @Override
    public void remove(Fact fact, Accumulator accumulator) {
      OptionalLong amount = measure.amount(fact);
      if (amount.isPresent()) {
        ((Mean) accumulator).remove(amount.getAsLong());
      }
    }

    /** To 16 digits. */
    @Override
    public AggregateValue value(Accumulator accumulator) {
      var mean = (Mean) accumulator;
      if (mean.count() <= 0) {
        return new AggregateValue.Unknown();
      }
      return new AggregateValue.Single(
          BigDecimal.valueOf(mean.sum(), measure.decimals())
              .divide(BigDecimal.valueOf(mean.count()), MathContext.DECIMAL64));
    }
  }

  /** About how many different values a dimension has; see {@link Distinct} for the error. */
  record DistinctOf(String name, Filter filter, Dimension dimension) implements Aggregate {
    @Override
    public Optional<FactPart> input() {
      return Optional.of(dimension);
    }

    @Override
    public Accumulator empty() {
      return new Distinct();
    }

    @Override
    public void add(Fact fact, Accumulator accumulator) {
      ((Distinct) accumulator).addHashed(hash(fact));
    }

    // Most views count visitors, so that hash is made once for all of them.
    private long hash(Fact fact) {
      return dimension == Field.VISITOR && fact instanceof JudgedClick click
          ? click.visitorHash()
          : Distinct.hash(dimension.text(fact));
    }

    /** A whole number: nobody has seen half a visitor. */
    @Override
    public AggregateValue value(Accumulator accumulator) {
      long estimate = Math.round(((Distinct) accumulator).estimate());
      return new AggregateValue.Single(BigDecimal.valueOf(estimate));
    }
  }

  /**
   * Quantiles of a measure; see {@link Quantiles} for the error.
   *
   * @param ranks 0 to 1, at least one, ascending
   */
  record QuantileOf(String name, Filter filter, Measure measure, List<Double> ranks)
      implements Aggregate {
    public QuantileOf {
      requireNumeric(name, measure);
      ranks = List.copyOf(ranks);
      double last = -1;
      for (double rank : ranks) {
        if (!(rank > last && rank >= 0 && rank <= 1)) {
          throw new IllegalArgumentException(
              name + ": ranks: expected ascending ones of 0 to 1, got " + ranks);
        }
        last = rank;
      }
      if (ranks.isEmpty()) {
        throw new IllegalArgumentException(name + ": ranks: expected at least one");
      }
    }

    @Override
    public Optional<FactPart> input() {
      return Optional.of(measure);
    }

    @Override
    public Accumulator empty() {
      return new Quantiles();
    }

    @Override
    public void add(Fact fact, Accumulator accumulator) {
      OptionalLong amount = measure.amount(fact);
      if (amount.isPresent()) {
        ((Quantiles) accumulator).add(amount.getAsLong());
      }
    }

    @Override
    public AggregateValue value(Accumulator accumulator) {
      var quantiles = (Quantiles) accumulator;
      if (quantiles.count() == 0) {
        return new AggregateValue.Unknown();
      }
      return new AggregateValue.ByRank(
          ranks.stream()
              .map(
                  rank ->
                      new AggregateValue.Quantile(
                          label(rank),
                          BigDecimal.valueOf(quantiles.quantile(rank), measure.decimals())))
              .toList());
    }

    /** The labels of the ranks, such as {@code p50} and {@code p99.9}. */
    public List<String> labels() {
      return ranks.stream().map(QuantileOf::label).toList();
    }

    private static String label(double rank) {
      BigDecimal percent = BigDecimal.valueOf(rank).scaleByPowerOfTen(2);
      return "p" + percent.stripTrailingZeros().toPlainString();
    }
  }

  /**
   * The most frequent values of a dimension; see {@link FrequentItems} for the error.
   *
   * @param most how many, 1 to {@link FrequentItems#CAPACITY}
   */
  record TopOf(String name, Filter filter, Dimension dimension, int most) implements Aggregate {
    public TopOf {
      if (most < 1 || most > FrequentItems.CAPACITY) {
        throw new IllegalArgumentException(
            name + ": most: expected 1 to " + FrequentItems.CAPACITY + ", got " + most);
      }
    }

    @Override
    public Optional<FactPart> input() {
      return Optional.of(dimension);
    }

    @Override
    public Accumulator empty() {
      return new FrequentItems();
    }

    @Override
    public void add(Fact fact, Accumulator accumulator) {
      ((FrequentItems) accumulator).add(dimension.text(fact));
    }

    @Override
    public AggregateValue value(Accumulator accumulator) {
      var items = (FrequentItems) accumulator;
      return new AggregateValue.Ranking(items.top(most), items.error());
    }
  }

  private static void addAmount(Measure measure, Fact fact, LongAccumulator accumulator) {
    OptionalLong amount = measure.amount(fact);
    if (amount.isPresent()) {
      accumulator.add(amount.getAsLong());
    }
  }

  private static AggregateValue number(Accumulator accumulator, int decimals) {
    var number = (LongAccumulator) accumulator;
    return number.isOfNothing()
        ? new AggregateValue.Unknown()
        : new AggregateValue.Single(BigDecimal.valueOf(number.value(), decimals));
  }

  private static void requireNumeric(String name, Measure measure) {
    if (!measure.isNumeric()) {
      throw new IllegalArgumentException(name + ": " + measure.label() + " is not a number");
    }
  }
}
