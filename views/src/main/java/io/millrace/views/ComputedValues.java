package io.millrace.views;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was computed of one fact. Belongs to the thread that has the fact. A list and no table: what
 * all views together compute is a handful.
 */
public final class ComputedValues {
  private static final int USUALLY_ENOUGH = 4;

  private Computed[] asked = new Computed[USUALLY_ENOUGH];
  private @Nullable Object[] values = new Object[USUALLY_ENOUGH];
  private int size;

  @Nullable Object of(Computed computed, Fact fact) {
    for (int i = 0; i < size; i++) {
      if (asked[i].equals(computed)) {
        return values[i];
      }
    }
    Object value = computed.evaluate(fact);
    if (size == asked.length) {
      asked = Arrays.copyOf(asked, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    asked[size] = computed;
    values[size] = value;
    size++;
    return value;
  }
}
