package io.millrace.views;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * A number that is computed of each fact.
 *
 * @param computed what gives a number, or null where there is none
 * @param decimals how many decimals are kept, 0 to {@link NumericProperty#MOST_DECIMALS}; further
 *     ones are rounded half to even
 */
public record ComputedMeasure(Computed computed, int decimals) implements Measure {

  public ComputedMeasure {
    NumericProperty.requireDecimals(decimals);
  }

  @Override
  public String label() {
    return computed.text();
  }

  @Override
  public boolean isNumeric() {
    return true;
  }

  @Override
  public boolean isOf(Source source) {
    return computed.source() == source;
  }

  /** Empty also where the number is one that a view cannot add up. */
  @Override
  public OptionalLong amount(Fact fact) {
    return switch (computed.of(fact)) {
      case BigDecimal number -> PropertyReader.units(number, decimals);
      case Long number -> PropertyReader.units(BigDecimal.valueOf(number), decimals);
      case Integer number -> PropertyReader.units(BigDecimal.valueOf(number), decimals);
      case Short number -> PropertyReader.units(BigDecimal.valueOf(number), decimals);
      case Byte number -> PropertyReader.units(BigDecimal.valueOf(number), decimals);
      case null, default -> OptionalLong.empty();
    };
  }
}
