package io.millrace.server.instance;

import io.helidon.webserver.http.HttpRouting;
import io.millrace.model.control.ViewGeneration;
import io.millrace.ops.Audit;
import io.millrace.ops.OffsetReader;
import io.millrace.query.DashboardService;
import io.millrace.query.QueryService;
import io.millrace.streams.KafkaClickFeed;
import io.millrace.streams.KafkaClickTail;
import io.millrace.streams.backfill.RecentClicks;
import io.millrace.views.BackfillProgress;
import io.millrace.views.Books;
import io.millrace.views.CellReader;
import java.util.Optional;
import java.util.function.Function;

/** The part of a process that answers questions. */
record QueryRole(QueryService service, DashboardService dashboard, Audit audit) {

  /**
   * Begins to follow the log; questions are answered as soon as the routes are served.
   *
   * @param cells of all processors, wherever they are
   * @param backfills how far a view that is given its past is, if that is known here
   */
  static QueryRole start(
      Foundation foundation,
      Definitions definitions,
      CellReader cells,
      Function<ViewGeneration, Optional<BackfillProgress>> backfills,
      Parts parts) {
    InstanceConfig config = foundation.config();
    KafkaClickFeed feed =
        parts.add(KafkaClickFeed.start(foundation.connection(), config.namespace()));
    KafkaClickTail tail =
        parts.add(KafkaClickTail.start(foundation.connection(), config.namespace()));
    var books = new Books(cells, config.topics().rollupPartitions());
    OffsetReader offsets = foundation.clickOffsets();
    LogProgress progress =
        parts.add(
            LogProgress.start(
                offsets::ends,
                books::read,
                config.processing().judging().allowedLateness(),
                foundation.clock()));
    foundation.metrics().observe(progress);
    var service =
        new QueryService(
            foundation.access().access(),
            config.queries(),
            config.pushes(),
            definitions.views(),
            new ControlledViews(
                foundation.control(),
                definitions.tables(),
                definitions.followers().topics(),
                backfills,
                new RecentClicks(ProcessorRole.pasts(foundation))),
            cells,
            foundation.control().directory(),
            progress,
            feed,
            tail,
            foundation.clock(),
            foundation.registry());
    return new QueryRole(
        service,
        new DashboardService(config.sample(), config.security().asksForTokens()),
        new Audit(offsets, books::read, foundation.clock()));
  }

  void route(HttpRouting.Builder routing) {
    routing.register(QueryService.ROOT, service).register(dashboard);
  }
}
