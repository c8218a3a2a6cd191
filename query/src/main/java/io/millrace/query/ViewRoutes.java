package io.millrace.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.Site;
import io.millrace.model.control.SiteDirectory;
import io.millrace.query.access.Caller;
import io.millrace.query.answer.AggregateKind;
import io.millrace.query.answer.CsvAnswerWriter;
import io.millrace.query.answer.JsonAnswerWriter;
import io.millrace.query.answer.QueryString;
import io.millrace.query.answer.QuestionParser;
import io.millrace.query.answer.Reach;
import io.millrace.query.answer.ViewAnswer;
import io.millrace.query.answer.ViewQuestion;
import io.millrace.query.answer.ViewReader;
import io.millrace.query.error.QueryException;
import io.millrace.query.json.JsonDocument;
import io.millrace.views.CellReader;
import io.millrace.views.Dimension;
import io.millrace.views.Progress;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Which sites and views there are, and what the views say. Safe for any number of threads. */
final class ViewRoutes {
  private static final String CSV = "text/csv; charset=utf-8";

  private final SeenViews catalog;
  private final QueryConfig config;
  private final SiteDirectory sites;
  private final InstantSource clock;
  private final ViewReader reader;
  private final QueryMetrics metrics;
  private final Turns turns;

  ViewRoutes(
      QueryConfig config,
      SeenViews catalog,
      CellReader cells,
      SiteDirectory sites,
      Progress progress,
      InstantSource clock,
      Turns turns,
      QueryMetrics metrics) {
    this.catalog = catalog;
    this.sites = sites;
    this.clock = clock;
    this.metrics = metrics;
    this.config = config;
    reader =
        new ViewReader(
            cells, progress, config.maxCellsScanned(), config.maxGroups(), config.queryTimeout());
    this.turns = turns;
  }

  Answer sites(ServerRequest request, Caller caller) {
    QueryString.parse(request.query().rawValue()).requireKnown(List.of());
    return Answer.json(
        JsonDocument.write(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("sites");
              for (Site site : seen(caller)) {
                json.writeStartObject();
                json.writeStringField("id", site.id().value());
                json.writeStringField("name", site.name());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private List<Site> seen(Caller caller) {
    return sites.sites().stream().filter(site -> caller.sites().admits(site.id().value())).toList();
  }

  Answer views(ServerRequest request, Caller caller) {
    QueryString.parse(request.query().rawValue()).requireKnown(List.of());
    return Answer.json(
        JsonDocument.write(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("views");
              for (ViewPlan plan : catalog.by(caller).plans()) {
                writeView(plan, json);
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private static void writeView(ViewPlan plan, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", plan.name());
    json.writeBooleanField("per_site", plan.isPerSite());
    json.writeArrayFieldStart("dimensions");
    for (Dimension field : plan.groupDimensions()) {
      json.writeString(field.label());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("grains");
    for (String grain : QuestionParser.grainsOf(plan)) {
      json.writeString(grain);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("aggregates");
    for (ReadColumn column : plan.readColumns()) {
      writeAggregate(column, json);
    }
    json.writeEndArray();
    JsonDocument.writeText("topic", plan.topic(), json);
    writeRetention(plan, json);
    json.writeEndObject();
  }

  /** Of the grains that are not kept for ever. */
  private static void writeRetention(ViewPlan plan, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("kept_seconds");
    for (Grain grain : plan.grains().stream().sorted(Grain.BY_LENGTH).toList()) {
      Duration period = plan.retention().periods().get(grain);
      if (period != null) {
        json.writeNumberField(grain.label(), period.toSeconds());
      }
    }
    json.writeEndObject();
  }

  private static void writeAggregate(ReadColumn column, JsonGenerator json) throws IOException {
    AggregateKind kind = AggregateKind.of(column);
    json.writeStartObject();
    json.writeStringField("name", column.name());
    json.writeStringField("kind", kind.label());
    OptionalDouble error = kind.error();
    if (error.isPresent()) {
      json.writeNumberField("error", error.getAsDouble());
    }
    json.writeEndObject();
  }

  Answer view(ServerRequest request, Caller caller) {
    QueryString query = QueryString.parse(request.query().rawValue());
    String view = request.path().pathParameters().get("view");
    // What is wrong is told at once, and not after a wait for a turn.
    query.single("site").ifPresent(caller.sites()::require);
    caller.sites().require(question(view, query, caller).site());
    boolean isCsv = wantsCsv(query, request);
    ViewAnswer answer = turns.takeAtBest(caller, reach -> answer(view, query, caller, reach));
    metrics.scanned(answer.cellsScanned());
    return isCsv
        ? csv(answer)
        : Answer.json(JsonAnswerWriter.write(answer)).with(answer.completeness());
  }

  private ViewAnswer answer(String view, QueryString query, Caller caller, Reach reach) {
    ViewCatalog before = catalog.by(caller);
    ViewAnswer answer = reader.answer(question(view, query, caller), reach);
    catalog.by(caller).requireAllOf(before);
    return answer;
  }

  /** Of a view that the caller may know of; any other is one that is not there. */
  private ViewQuestion question(String view, QueryString query, Caller caller) {
    return new QuestionParser(
            catalog.supplierFor(caller), sites, config.maxRows(), config.defaultLimit())
        .parse(view, query, clock.instant());
  }

  private static boolean wantsCsv(QueryString query, ServerRequest request) {
    return query
        .single("format")
        .map(ViewRoutes::isCsv)
        .orElseGet(
            () -> {
              String accepted =
                  request.headers().first(HeaderNames.ACCEPT).orElse("").toLowerCase(Locale.ROOT);
              return accepted.contains("text/csv") && !accepted.contains(Answer.JSON);
            });
  }

  private static boolean isCsv(String format) {
    return switch (format) {
      case "csv" -> true;
      case "json" -> false;
      default ->
          throw QueryException.badParameter(
              "format",
              "format must be json or csv, not \"" + QueryString.shortened(format) + "\"");
    };
  }

  private static Answer csv(ViewAnswer answer) {
    ViewQuestion question = answer.question();
    String name =
        question.site().isEmpty()
            ? question.plan().name()
            : question.plan().name() + "-" + question.site();
    List<Header> headers =
        new ArrayList<>(
            List.of(
                HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"),
                HeaderValues.create(
                    HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\""),
                HeaderValues.create("Millrace-Watermark", answer.watermark().toString()),
                HeaderValues.create("Millrace-Truncated", Boolean.toString(answer.isTruncated()))));
    answer.coveredFrom().map(ViewRoutes::coveredFrom).ifPresent(headers::add);
    answer.coveredTo().map(ViewRoutes::coveredTo).ifPresent(headers::add);
    return new Answer(Status.OK_200, CSV, headers, CsvAnswerWriter.write(answer))
        .with(answer.completeness());
  }

  private static Header coveredFrom(Instant from) {
    return HeaderValues.create("Millrace-Covered-From", from.toString());
  }

  private static Header coveredTo(Instant to) {
    return HeaderValues.create("Millrace-Covered-To", to.toString());
  }
}
