package io.millrace.server.instance;

import io.millrace.server.cells.Instances;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.backfill.BackfillSettings;
import io.millrace.streams.backfill.Backfills;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.judge.ClickStage;
import io.millrace.views.DefinedViews;
import io.millrace.views.ViewCatalog;
import java.util.Optional;

/**
 * The processor's part of a process: both stages of the stream, the past of views that are defined
 * while it runs, and the tidying behind them.
 */
record ProcessorRole(
    ClickStreams streams, EnrichmentSources sources, Instances instances, Backfills backfills) {

  /**
   * Starts the processing; the work begins when the group has met. One that shares the work meets
   * the others when it can enrich: what they gave to it would stand still until then. One that is
   * alone loads meanwhile.
   *
   * @param sources what events are enriched with; may still be loading
   */
  static ProcessorRole start(
      Foundation foundation, Definitions definitions, EnrichmentSources sources, Parts parts) {
    if (foundation.isShared()) {
      sources.awaitEndOfLoading();
    }
    var enricher = new Enricher(sources, foundation.metrics()::enriched);
    ClickStreams streams =
        parts.add(
            ClickStreams.start(
                settings(foundation), stage(foundation, enricher, definitions.views())));
    Instances instances = parts.add(foundation.meet(streams));
    Backfills backfills =
        parts.add(
            Backfills.start(
                pasts(foundation),
                definitions.views(),
                instances.cells(),
                foundation.control()::append,
                instances::isFirst));
    parts.add(PartialsTrimmer.start(foundation.mergedPartials(), instances::isFirst));
    foundation.metrics().observe(streams);
    foundation.metrics().observe(definitions.views(), backfills);
    foundation.metrics().observe(enricher, sources);
    return new ProcessorRole(streams, sources, instances, backfills);
  }

  /**
   * Why not all of its work is being done, as a clause; empty while it is. One that has joined its
   * group but cannot enrich yet would hold up every partition that it is given.
   */
  Optional<String> obstacle() {
    return sources.ready().isDone()
        ? streams.obstacle()
        : Optional.of("what events are enriched with is still loading");
  }

  static BackfillSettings pasts(Foundation foundation) {
    return new BackfillSettings(
        foundation.connection(), foundation.config().namespace(), foundation.config().topics());
  }

  private static StreamsSettings settings(Foundation foundation) {
    ProcessingConfig processing = foundation.config().processing();
    return new StreamsSettings(
        foundation.config().namespace(),
        foundation.connection(),
        foundation.folder().resolve("state"),
        processing.threads(),
        processing.commits(),
        foundation.config().topics().replicationFactor(),
        processing.group());
  }

  private static ClickStage stage(Foundation foundation, Enricher enricher, DefinedViews views) {
    ProcessingConfig processing = foundation.config().processing();
    return new ClickStage(
            processing.judging(),
            processing.sessions(),
            foundation.control().directory()::inactivityMillis,
            enricher,
            ViewCatalog.builtIn().plans(),
            foundation.config().topics().rollupPartitions(),
            foundation.metrics()::judged)
        .with(views);
  }
}
