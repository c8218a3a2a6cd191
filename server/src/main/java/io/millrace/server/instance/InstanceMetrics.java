package io.millrace.server.instance;

import io.millrace.model.Outcome;
import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ViewDefinition;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.TaskCounts;
import io.millrace.streams.backfill.Backfills;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.enrich.EnrichmentStep;
import io.millrace.streams.enrich.GeoInUse;
import io.millrace.views.DefinedViews;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code /metrics} tells of the processing and the process; the other parts register their
 * own.
 */
final class InstanceMetrics {
  private final PrometheusRegistry registry;

  /** From 100 ns, which most steps take, to half a second, which a hostile agent may take. */
  private static final double[] STEP_SECONDS = {
    1e-7, 2.5e-7, 5e-7, 1e-6, 2.5e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5
  };

  private static final double NANOS = 1e9;

  private final Map<Outcome, CounterDataPoint> judged = new EnumMap<>(Outcome.class);
  private final Map<EnrichmentStep, DistributionDataPoint> stepSeconds =
      new EnumMap<>(EnrichmentStep.class);

  InstanceMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    JvmMetrics.builder().register(registry);
    Counter counter =
        Counter.builder()
            .name("millrace_events_judged_total")
            .help(
                "Events given an outcome by this process, including those of transactions that were aborted later")
            .labelNames("outcome")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      judged.put(outcome, counter.labelValues(outcome.label()));
    }
    Histogram seconds =
        Histogram.builder()
            .name("millrace_enrichment_step_seconds")
            .help("Time of each step of enrichment, of one event in " + Enricher.EVENTS_PER_TIMED)
            .labelNames("step")
            .classicOnly()
            .classicUpperBounds(STEP_SECONDS)
            .register(registry);
    for (EnrichmentStep step : EnrichmentStep.values()) {
      stepSeconds.put(step, seconds.labelValues(step.label()));
    }
  }

  /** Of the events whose steps are timed, one in {@link Enricher#EVENTS_PER_TIMED}. */
  void enriched(EnrichmentStep step, long nanos) {
    DistributionDataPoint seconds = stepSeconds.get(step);
    if (seconds != null) {
      seconds.observe(nanos / NANOS);
    }
  }

  void judged(Outcome outcome) {
    CounterDataPoint counter = judged.get(outcome);
    if (counter != null) {
      counter.inc();
    }
  }

  void observe(ClickStreams streams) {
    GaugeWithCallback.builder()
        .name("millrace_processing_running")
        .help("1 while every task of this process is being worked on")
        .callback(callback -> callback.call(streams.isRunning() ? 1 : 0))
        .register(registry);
    CounterWithCallback.builder()
        .name("millrace_processing_threads_replaced_total")
        .help("Threads that failed and were replaced")
        .callback(callback -> callback.call((double) streams.threadsReplaced()))
        .register(registry);
    CounterWithCallback.builder()
        .name("millrace_processing_rebalances_total")
        .help("Times that the group gave out its work anew, as far as it came to this process")
        .callback(callback -> callback.call((double) streams.rebalances()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_processing_tasks")
        .help("Tasks of this process: those it works on, and those whose state it keeps a copy of")
        .labelNames("kind")
        .callback(
            callback -> {
              TaskCounts tasks = streams.tasks();
              callback.call(tasks.active(), "active");
              callback.call(tasks.standby(), "standby");
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_standby_lag_offsets")
        .help("Offsets of changelogs that the copies of other processes' state are behind")
        .callback(callback -> callback.call((double) streams.standbysBehind()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_restore_remaining_offsets")
        .help("Offsets of changelogs that are still to be read until all stores are there")
        .callback(callback -> callback.call((double) streams.restoreRemaining()))
        .register(registry);
    CounterWithCallback.builder()
        .name("millrace_restored_records_total")
        .help("Records read from changelogs into the stores")
        .callback(callback -> callback.call((double) streams.restoredRecords()))
        .register(registry);
    CounterWithCallback.builder()
        .name("millrace_restore_seconds_total")
        .help("Time in which any store was being restored")
        .callback(callback -> callback.call(streams.restoreTime().toNanos() / 1e9))
        .register(registry);
  }

  void observe(LogProgress progress) {
    GaugeWithCallback.builder()
        .name("millrace_unaccounted_events")
        .help("Accepted events without an outcome yet")
        .labelNames("partition")
        .callback(
            callback ->
                progress
                    .lags()
                    .forEach(
                        (partition, lag) ->
                            callback.call((double) lag, Integer.toString(partition))))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_processed_through_timestamp_seconds")
        .help("Every event received before this time is in the views")
        .callback(callback -> callback.call(progress.processedThrough().toEpochMilli() / 1e3))
        .register(registry);
  }

  void observe(DefinedViews views, Backfills backfills) {
    GaugeWithCallback.builder()
        .name("millrace_defined_views")
        .help("Views that were defined by statements, by how far they have their past")
        .labelNames("past")
        .callback(
            callback -> {
              Map<BackfillState, Long> counts =
                  views
                      .definitions()
                      .known()
                      .all()
                      .collect(
                          Collectors.groupingBy(ViewDefinition::backfill, Collectors.counting()));
              for (BackfillState state : BackfillState.values()) {
                callback.call(
                    (double) counts.getOrDefault(state, 0L), state.name().toLowerCase(Locale.ROOT));
              }
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_defined_views_refused")
        .help("Views that were defined and that this process cannot compute")
        .callback(callback -> callback.call((double) views.known().refused().size()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_backfill_remaining_records")
        .help("Records that are still to be read until the view that gets its past here has it")
        .callback(
            callback ->
                callback.call(
                    (double)
                        backfills
                            .current()
                            .map(progress -> progress.total() - progress.processed())
                            .orElse(0L)))
        .register(registry);
  }

  void observe(Enricher enricher, EnrichmentSources sources) {
    CounterWithCallback.builder()
        .name("millrace_enrichment_failures_total")
        .help("Steps of enrichment that failed for an event and marked their fields")
        .labelNames("step")
        .callback(
            callback -> {
              for (EnrichmentStep step : EnrichmentStep.values()) {
                callback.call((double) enricher.failures(step), step.label());
              }
            })
        .register(registry);
    observeGeo(sources);
  }

  private void observeGeo(EnrichmentSources sources) {
    GaugeWithCallback.builder()
        .name("millrace_geo_database_built_timestamp_seconds")
        .help("When the publisher of the geo database in use made it")
        .callback(
            callback ->
                sources
                    .geoIfLoaded()
                    .ifPresent(geo -> callback.call((double) geo.built().getEpochSecond())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("millrace_geo_database_loaded_timestamp_seconds")
        .help("Since when the geo database in use has been in use")
        .callback(
            callback ->
                sources
                    .geoIfLoaded()
                    .ifPresent(geo -> callback.call((double) geo.since().getEpochSecond())))
        .register(registry);
    CounterWithCallback.builder()
        .name("millrace_geo_database_files_total")
        .help("New files in the place of the geo database, by what became of them")
        .labelNames("result")
        .callback(
            callback -> {
              callback.call(
                  (double) sources.geoIfLoaded().map(GeoInUse::replacements).orElse(0L), "used");
              callback.call(
                  (double) sources.geoIfLoaded().map(GeoInUse::refusals).orElse(0L), "refused");
            })
        .register(registry);
  }
}
