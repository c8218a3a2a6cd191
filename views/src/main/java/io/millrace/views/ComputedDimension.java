package io.millrace.views;

/**
 * A text that is computed of each fact.
 *
 * @param label the name in queries and answers
 * @param computed what gives a text, or null where it is unknown
 */
public record ComputedDimension(String label, Computed computed) implements Dimension {

  @Override
  public boolean isOf(Source source) {
    return computed.source() == source;
  }

  @Override
  public String text(Fact fact) {
    return computed.of(fact) instanceof String text ? text : "";
  }
}
