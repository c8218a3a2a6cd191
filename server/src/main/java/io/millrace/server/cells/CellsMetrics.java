package io.millrace.server.cells;

import io.millrace.views.Completeness;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code /metrics} tells of reading cells wherever they are. */
final class CellsMetrics {
  private final Map<String, CounterDataPoint> readings;

  CellsMetrics(PrometheusRegistry registry) {
    Counter counter =
        Counter.builder()
            .name("millrace_cell_readings_total")
            .help("Readings of the cells of all partitions, by what they had")
            .labelNames("cells")
            .register(registry);
    readings =
        Stream.of("complete", "stale", "partial")
            .collect(Collectors.toMap(label -> label, label -> counter.labelValues(label)));
  }

  void answered(Completeness completeness) {
    CounterDataPoint counter = readings.get(completeness.label());
    if (counter != null) {
      counter.inc();
    }
  }
}
