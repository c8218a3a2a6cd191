package io.millrace.query;

import io.millrace.query.sql.push.PushListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What this module counts. Safe for any number of threads. */
final class QueryMetrics implements PushListener {
  private final Counter requests;
  private final Histogram seconds;
  private final Counter cellsScanned;
  private final Gauge liveConnections;
  private final Counter liveReadersDropped;
  private final Gauge pushReaders;
  private final Counter pushReadersDropped;
  private final Counter pushRows;

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
    pushReaders =
        Gauge.builder()
            .name("millrace_query_push_readers")
            .help("Push queries that somebody reads")
            .register(registry);
    pushReadersDropped =
        Counter.builder()
            .name("millrace_query_push_readers_dropped")
            .help("Push queries ended because the reader was too slow")
            .register(registry);
    pushRows =
        Counter.builder()
            .name("millrace_query_push_rows")
            .help("Rows sent to those who read push queries, with those taken away")
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

  @Override
  public void opened() {
    pushReaders.inc();
  }

  @Override
  public void closed(boolean wasDropped) {
    pushReaders.dec();
    if (wasDropped) {
      pushReadersDropped.inc();
    }
  }

  @Override
  public void sent(long rows) {
    pushRows.inc(rows);
  }

  void liveConnectionClosed(boolean wasDropped) {
    liveConnections.dec();
    if (wasDropped) {
      liveReadersDropped.inc();
    }
  }
}
