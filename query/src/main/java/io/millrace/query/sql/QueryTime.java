package io.millrace.query.sql;

import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * The time that a query asks for as CURRENT_TIMESTAMP and the like: one for the whole query. In a
 * plan that is kept it is a parameter, one for each type and precision that it can be asked for.
 *
 * @param first the number of the first of these parameters
 */
record QueryTime(int first) {
  private static final int MOST_DECIMALS = 3;
  private static final int DATE = MOST_DECIMALS + 1;
  private static final int TIME = DATE + 1;
  private static final int[] MILLIS_OF_UNIT = {1000, 100, 10, 1};
  private static final long MILLIS_OF_DAY = 86_400_000L;

  int timestamp(int decimals) {
    return first + Math.clamp(decimals, 0, MOST_DECIMALS);
  }

  int date() {
    return first + DATE;
  }

  int time(int decimals) {
    return first + TIME + Math.clamp(decimals, 0, MOST_DECIMALS);
  }

  /** Hands over all of the parameters, with what they are at some time. */
  void forEach(Instant now, BiConsumer<Integer, Object> receiver) {
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
      long millis = now.toEpochMilli();
      long rounded = millis - Math.floorMod(millis, MILLIS_OF_UNIT[decimals]);
      receiver.accept(timestamp(decimals), rounded);
      receiver.accept(time(decimals), Math.toIntExact(Math.floorMod(rounded, MILLIS_OF_DAY)));
    }
    receiver.accept(date(), Math.toIntExact(Math.floorDiv(now.toEpochMilli(), MILLIS_OF_DAY)));
  }
}
