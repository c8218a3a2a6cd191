package io.millrace.model.cell;

import java.util.List;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Every kind of accumulator, how numbers are added to it and what it says in the end. */
enum AccumulatorKind {
  SUM(LongAccumulator::sum, LongAccumulator::add, LongAccumulator::value),
  MIN(LongAccumulator::min, LongAccumulator::add, LongAccumulator::value),
  MAX(LongAccumulator::max, LongAccumulator::add, LongAccumulator::value),
  DISTINCT(Distinct::new, (it, number) -> it.add(Long.toString(number)), Distinct::estimate),
  MEAN(Mean::new, Mean::add, mean -> List.of(mean.sum(), mean.count())),
  QUANTILES(Quantiles::new, Quantiles::add, AccumulatorKind::deciles),
  FREQUENT_ITEMS(
      FrequentItems::new,
      (it, number) -> it.add("text-" + number),
      items -> List.of(items.error(), items.top(FrequentItems.CAPACITY)));

  private final Supplier<Accumulator> empty;
  private final ObjLongConsumer<Accumulator> add;
  private final Function<Accumulator, Object> result;

  @SuppressWarnings("unchecked") // each constant gives three functions of one type
  <A extends Accumulator> AccumulatorKind(
      Supplier<A> empty, ObjLongConsumer<A> add, Function<A, Object> result) {
    this.empty = (Supplier<Accumulator>) empty;
    this.add = (ObjLongConsumer<Accumulator>) add;
    this.result = (Function<Accumulator, Object>) result;
  }

  Accumulator empty() {
    return empty.get();
  }

  Accumulator of(long... numbers) {
    Accumulator accumulator = empty();
    for (long number : numbers) {
      add.accept(accumulator, number);
    }
    return accumulator;
  }

  Object result(Accumulator accumulator) {
    return result.apply(accumulator);
  }

  private static List<Long> deciles(Quantiles quantiles) {
    return quantiles.count() == 0
        ? List.of()
        : LongStream.rangeClosed(0, 10).mapToObj(i -> quantiles.quantile(i / 10.0)).toList();
  }
}
