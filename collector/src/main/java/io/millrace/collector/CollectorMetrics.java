package io.millrace.collector;

import io.millrace.collector.event.Refusal;
import io.millrace.collector.event.RefusalKind;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the collector counts of itself. Labels come from our own enums and paths, never from what a
 * client sent, so there are as many series as are written here. Safe for any number of threads.
 */
final class CollectorMetrics {
  private static final double NANOS = 1e9;
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8
  };

  private final CounterDataPoint accepted;
  private final Map<RefusalKind, CounterDataPoint> refused = new EnumMap<>(RefusalKind.class);
  private final Counter requests;
  private final Histogram requestSeconds;
  private final Histogram appendSeconds;

  CollectorMetrics(PrometheusRegistry registry, ByteBudget budget) {
    Counter events =
        Counter.builder()
            .name("millrace_collector_events_total")
            .help("Events by what was decided about them: accepted, or the kind of refusal")
            .labelNames("decision")
            .register(registry);
    accepted = events.labelValues("accepted");
    for (RefusalKind kind : RefusalKind.values()) {
      refused.put(kind, events.labelValues(kind.label()));
    }
    requests =
        Counter.builder()
            .name("millrace_collector_requests_total")
            .help("Requests answered, by endpoint and HTTP status")
            .labelNames("endpoint", "status")
            .register(registry);
    requestSeconds =
        histogram("millrace_collector_request_seconds", "From the request's headers to its answer")
            .labelNames("endpoint")
            .register(registry);
    appendSeconds =
        histogram("millrace_collector_append_seconds", "Waiting for the log's acknowledgement")
            .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_collector_in_flight_bytes")
        .help("Bytes of request bodies held at the moment")
        .callback(gauge -> gauge.call((double) budget.used()))
        .register(registry);
  }

  void judged(int acceptedEvents, List<Refusal> refusals) {
    if (acceptedEvents > 0) {
      accepted.inc(acceptedEvents);
    }
    for (Refusal refusal : refusals) {
      CounterDataPoint counter = refused.get(refusal.kind());
      if (counter != null) {
        counter.inc();
      }
    }
  }

  void appended(long nanos) {
    appendSeconds.observe(nanos / NANOS);
  }

  void answered(String endpoint, int status, long nanos) {
    requests.labelValues(endpoint, Integer.toString(status)).inc();
    requestSeconds.labelValues(endpoint).observe(nanos / NANOS);
  }

  private static Histogram.Builder histogram(String name, String help) {
    return Histogram.builder().name(name).help(help).classicOnly().classicUpperBounds(SECONDS);
  }
}
