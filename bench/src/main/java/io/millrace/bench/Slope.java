package io.millrace.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one more event costs: the difference between a run of twice as many events and one of so
 * many, in which the start of the program and most of its warming up are gone.
 *
 * @param application CPU of the program
 * @param broker CPU of the broker meanwhile
 * @param wall time that passed
 * @param events between the two runs
 */
record Slope(Duration application, Duration broker, Duration wall, long events) {
  private static final double MILLION = 1e6;

  /** CPU and time of one run. */
  record Cost(Duration application, Duration broker, Duration wall) {}

  static Slope between(Cost once, Cost twice, long events) {
    return new Slope(
        twice.application().minus(once.application()),
        twice.broker().minus(once.broker()),
        twice.wall().minus(once.wall()),
        events);
  }

  /** CPU seconds of the program for a million events. */
  double applicationPerMillion() {
    return perMillion(application);
  }

  double brokerPerMillion() {
    return perMillion(broker);
  }

  double togetherPerMillion() {
    return perMillion(application.plus(broker));
  }

  /** Seconds that passed for a million events. */
  double wallPerMillion() {
    return perMillion(wall);
  }

  private double perMillion(Duration time) {
    return time.toNanos() / 1e9 * MILLION / events;
  }

  /** Of one figure of several slopes. */
  static double median(List<Slope> slopes, ToDoubleFunction<Slope> figure) {
    return Median.of(slopes.stream().mapToDouble(figure));
  }
}
