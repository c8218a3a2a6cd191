package io.millrace.query;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What this module counts. Safe for any number of threads. */
final class QueryMetrics {
  private final Counter requests;
  private final Histogram seconds;
  private final Counter cellsScanned;
  private final Gauge liveConnections;
  private final Counter liveReadersDropped;

  QueryMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("millrace_query_requests")
            .help("Requests answered")
            .labelNames("route", "status")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("millrace_query_seconds")
            .help("Time to answer, without that of sending")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10)
            .register(registry);
    cellsScanned =
        Counter.builder()
            .name("millrace_query_cells_scanned")
            .help("Cells of views read to answer queries")
            .register(registry);
    liveConnections =
        Gauge.builder()
            .name("millrace_query_live_connections")
            .help("Open streams of live events")
            .register(registry);
    liveReadersDropped =
        Counter.builder()
            .name("millrace_query_live_readers_dropped")
            .help("Streams closed because the reader was too slow")
            .register(registry);
  }

  void answered(String route, int status, long nanos) {
    requests.labelValues(route, Integer.toString(status)).inc();
    seconds.labelValues(route).observe(nanos / 1e9);
  }

  /** A request whose duration says nothing, such as a stream. */
  void counted(String route, int status) {
    requests.labelValues(route, Integer.toString(status)).inc();
  }

  void scanned(long cells) {
    cellsScanned.inc(cells);
  }

  void liveConnectionOpened() {
    liveConnections.inc();
  }

  void liveConnectionClosed(boolean wasDropped) {
    liveConnections.dec();
    if (wasDropped) {
      liveReadersDropped.inc();
    }
  }
}
