package io.millrace.testing.cases;

import io.millrace.query.sql.SqlLimits;
import io.millrace.query.sql.SqlQueries;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.testing.harness.DrivenTopology;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.ViewCompiler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs a case file from top to bottom: its views beside the built-in ones in both stages of the
 * processing, its events as the collector would write them, its queries through what answers SQL.
 */
final class CaseRun implements AutoCloseable {
  private static final SqlLimits LIMITS =
      new SqlLimits(1_000, 1_000_000, 100_000, Duration.ofMinutes(1));

  private final CaseFile file;
  private final CaseEvents events = new CaseEvents();
  private final Set<String> sites = new TreeSet<>();
  private final DrivenTopology topology;
  private final SqlQueries queries;

  CaseRun(CaseFile file, Path folder) {
    this.file = file;
    List<ViewPlan> plans = new ArrayList<>(ViewCatalog.builtIn().plans());
    file.definitions().forEach(statement -> plans.add(ViewCompiler.compile(statement)));
    topology =
        new DrivenTopology(folder, plans, new Enricher(EnrichmentSources.load()), CaseEvents.BEGIN);
    var catalog = new ViewCatalog(plans);
    queries = new SqlQueries(() -> catalog, topology, () -> sites, events::received, LIMITS);
  }

  /** The table of each query. */
  List<List<String>> tables() {
    List<List<String>> tables = new ArrayList<>();
    for (CaseStep step : file.steps()) {
      switch (step) {
        case CaseStep.Define _ -> {}
        case CaseStep.Send(int _, List<String> lines) -> lines.forEach(this::send);
        case CaseStep.Ask ask -> tables.add(table(ask.query()));
      }
    }
    return tables;
  }

  private void send(String line) {
    if (!line.isBlank()) {
      var event = events.next(line);
      sites.add(event.site().value());
      topology.send(event);
    }
  }

  private List<String> table(String query) {
    boolean isOrdered = query.toUpperCase(Locale.ROOT).contains("ORDER BY");
    return CaseTable.of(queries.answer(query, queries.maxRows()), isOrdered);
  }

  @Override
  public void close() {
    topology.close();
  }
}
