package io.millrace.views;

import io.millrace.model.ClickEvent;
import java.util.List;
import java.util.OptionalLong;

/**
 * A number among the properties of an event, such as {@code properties.order.total}.
 *
 * @param path the names to go by from the outermost object, at least one
 * @param decimals how many decimals are kept, 0 to 9; further ones are rounded half to even
 */
public record NumericProperty(List<String> path, int decimals) implements Measure {
  public static final int MOST_DECIMALS = 9;

  public NumericProperty {
    path = List.copyOf(path);
    if (path.isEmpty() || path.contains("")) {
      throw new IllegalArgumentException("path: expected names, got " + path);
    }
    requireDecimals(decimals);
  }

  static void requireDecimals(int decimals) {
    if (decimals < 0 || decimals > MOST_DECIMALS) {
      throw new IllegalArgumentException(
          "decimals: expected 0 to " + MOST_DECIMALS + ", got " + decimals);
    }
  }

  /**
   * A whole number.
   *
   * @param path names with dots between them
   */
  public static NumericProperty of(String path) {
    return new NumericProperty(List.of(path.split("\\.", -1)), 0);
  }

  public NumericProperty withDecimals(int count) {
    return new NumericProperty(path, count);
  }

  @Override
  public String label() {
    return "properties." + String.join(".", path);
  }

  @Override
  public boolean isNumeric() {
    return true;
  }

  @Override
  public boolean isOf(Source source) {
    return source == Source.CLICKS;
  }

  /**
   * Empty also where the property is no number and no text that is one, or one that a view cannot
   * add up.
   */
  @Override
  public OptionalLong amount(Fact fact) {
    String properties =
        fact instanceof JudgedClick click ? click.ofEvent(ClickEvent::properties) : "";
    return properties.isEmpty()
        ? OptionalLong.empty()
        : PropertyReader.number(properties, path, decimals);
  }
}
