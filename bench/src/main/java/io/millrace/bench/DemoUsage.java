package io.millrace.bench;

import java.time.Duration;

/** What the two processes of a demo have used. The application's includes making the traffic. */
record DemoUsage(Usage application, Usage broker) {

  Usage together() {
    return application.plus(broker);
  }

  Duration applicationCpuSince(DemoUsage earlier) {
    return application.cpu().minus(earlier.application.cpu());
  }

  Duration brokerCpuSince(DemoUsage earlier) {
    return broker.cpu().minus(earlier.broker.cpu());
  }

  Duration cpuSince(DemoUsage earlier) {
    return together().cpu().minus(earlier.together().cpu());
  }
}
