package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How many times as much a variant costs as the plain thing, pass by pass: both of a pass ran one
 * after the other, so that what else the machine did then met both.
 *
 * @param median of the passes
 */
record Ratio(double median, double least, double most) {

  /**
   * Of one figure, such as CPU. Runs so short that a difference came out below nothing have no
   * ratio.
   *
   * @param plain by pass
   * @param variant by pass, as many
   */
  static Optional<Ratio> of(
      List<Slope> plain, List<Slope> variant, ToDoubleFunction<Slope> figure) {
    if (plain.size() != variant.size()) {
      throw new IllegalArgumentException(
          "variant: expected " + plain.size() + " passes, got " + variant.size());
    }
    var ratios = new ArrayList<Double>();
    for (int pass = 0; pass < plain.size(); pass++) {
      double before = figure.applyAsDouble(plain.get(pass));
      double after = figure.applyAsDouble(variant.get(pass));
      if (before > 0 && after > 0) {
        ratios.add(after / before);
      }
    }
    if (ratios.isEmpty()) {
      return Optional.empty();
    }
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Optional.of(
        new Ratio(
            Median.of(ratios.stream().mapToDouble(Double::doubleValue)),
            sorted[0],
            sorted[sorted.length - 1]));
  }

  /** Such as {@code 1.08 (0.97 to 1.15)}. */
  String text() {
    return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
  }
}
