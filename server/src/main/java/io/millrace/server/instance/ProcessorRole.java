package io.millrace.server.instance;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processor's part of a process: both stages of the stream, the past of views that are defined
 * while it runs, and the tidying behind them.
 */
record ProcessorRole(
    ClickStreams streams, EnrichmentSources sources, Instances instances, Backfills backfills) {
  private static final Logger log = LoggerFactory.getLogger(ProcessorRole.class);

  /** Usually a few; the process serves nothing until then. */
  private static final int LOADING_SECONDS = 20;

  /**
   * Starts the processing; the work begins when the group has met.
   *
   * @param sources what events are enriched with; may still be loading
   * @throws ServerException when they cannot be loaded, as far as that is known
   */
  static ProcessorRole start(
      Foundation foundation, Definitions definitions, EnrichmentSources sources, Parts parts) {
    if (foundation.isShared() && foundation.config().processing().group().instance().isEmpty()) {
      awaitLoaded(sources);
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

  /**
   * One that may be given the work of others meets them when it can enrich, as all of that would
   * stand still until then. One with a name takes its own work back, and its session does not wait
   * for long; a Kafka of its own has no others.
   */
  private static void awaitLoaded(EnrichmentSources sources) {
    try {
      sources.ready().get(LOADING_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      log.atWarn().addKeyValue("seconds", LOADING_SECONDS).log("Still loads what it enriches with");
    } catch (ExecutionException failed) {
      throw new ServerException(ServerError.LAUNCH_FAILED, whyNotLoaded(failed), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What there is to say when what events are enriched with cannot be loaded. */
  static String whyNotLoaded(Throwable failure) {
    return "What events are enriched with cannot be loaded: " + failure.getMessage();
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
