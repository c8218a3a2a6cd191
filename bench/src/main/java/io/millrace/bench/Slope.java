package io.millrace.bench;

import java.time.Duration;

/**
 * What one more event costs: the difference between a run of twice as many events and one of so
 * many, in which the start of the program and most of its warming up are gone.
 *
 * @param application CPU of the program
 * @param broker CPU of the broker meanwhile
 * @param events between the two runs
 */
record Slope(Duration application, Duration broker, long events) {
  private static final double MILLION = 1e6;

  /** CPU of one run. */
  record Cost(Duration application, Duration broker) {}

  static Slope between(Cost once, Cost twice, long events) {
    return new Slope(
        twice.application().minus(once.application()), twice.broker().minus(once.broker()), events);
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

  private double perMillion(Duration cpu) {
    return cpu.toNanos() / 1e9 * MILLION / events;
  }
}
