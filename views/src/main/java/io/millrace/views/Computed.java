package io.millrace.views;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that is computed of each fact of a source. Views that ask for the same share it: of a
 * fact it is computed when it is asked for first, and remembered. Safe for any number of threads.
 */
public final class Computed {
  private final Source source;
  private final String text;
  private final Function<Fact, @Nullable Object> evaluation;
  private final int hash;

  /**
   * Something to be computed.
   *
   * @param text says what; of one source, what has the same text gives the same values
   * @param evaluation safe for any number of threads; its values are immutable
   */
  public Computed(Source source, String text, Function<Fact, @Nullable Object> evaluation) {
    this.source = source;
    this.text = text;
    this.evaluation = evaluation;
    hash = 31 * source.hashCode() + text.hashCode();
  }

  public Source source() {
    return source;
  }

  public String text() {
    return text;
  }

  /** Its value of a fact of the source, which belongs to one thread; null where there is none. */
  public @Nullable Object of(Fact fact) {
    return fact.remembered().of(this, fact);
  }

  @Nullable Object evaluate(Fact fact) {
    return evaluation.apply(fact);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Computed same
            && hash == same.hash
            && source == same.source
            && text.equals(same.text));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text;
  }
}
