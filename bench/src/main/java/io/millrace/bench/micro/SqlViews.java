package io.millrace.bench.micro;

import io.millrace.model.EnrichedClick;
import io.millrace.model.Outcome;
import io.millrace.model.cell.Grain;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.views.Aggregate;
import io.millrace.views.Dimension;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.JudgedClick;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.ViewCompiler;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What one click costs views that were written by hand, in SQL, and in SQL with a condition and
 * groups that are computed by compiled expressions. All count events and visitors of each site by
 * the minute, by one to three further fields of few values.
 */
@State(Scope.Thread)
public class SqlViews {
  private static final List<Field> FEW_VALUES =
      List.of(
          Field.TYPE,
          Field.COUNTRY,
          Field.DEVICE,
          Field.BROWSER,
          Field.OPERATING_SYSTEM,
          Field.REFERRER_MEDIUM,
          Field.REFERRER_SOURCE);

  /** How the views are written. */
  public enum Written {
    BY_HAND,
    IN_SQL,
    COMPUTED
  }

  @Param({"1", "10", "50"})
  public int views;

  @Param({"BY_HAND", "IN_SQL", "COMPUTED"})
  public Written written = Written.BY_HAND;

  private PartialTable table = new PartialTable();
  private Rollup rollup = new Rollup(table);
  private List<EnrichedClick> clicks = List.of();

  @Setup
  public void prepare() {
    var enricher = new Enricher(EnrichmentSources.load());
    clicks =
        ClickSample.clicks().stream()
            .map(click -> new EnrichedClick(click, enricher.enrich(click)))
            .toList();
    table = new PartialTable(groups().stream().limit(views).map(this::plan).toList());
    rollup = new Rollup(table);
  }

  /** The clicks are judged ones that nobody has computed with yet, as they are when they come. */
  @Benchmark
  @OperationsPerInvocation(ClickSample.SIZE)
  public int add() {
    table.clear();
    for (EnrichedClick click : clicks) {
      rollup.add(JudgedClick.counted(click, 0, 0, click.click().time()));
    }
    return table.size();
  }

  private static List<List<Field>> groups() {
    var groups = new ArrayList<List<Field>>();
    for (int i = 0; i < FEW_VALUES.size(); i++) {
      groups.add(List.of(FEW_VALUES.get(i)));
      for (int j = i + 1; j < FEW_VALUES.size(); j++) {
        groups.add(List.of(FEW_VALUES.get(i), FEW_VALUES.get(j)));
        for (int k = j + 1; k < FEW_VALUES.size(); k++) {
          groups.add(List.of(FEW_VALUES.get(i), FEW_VALUES.get(j), FEW_VALUES.get(k)));
        }
      }
    }
    return groups;
  }

  private ViewPlan plan(List<Field> fields) {
    return written == Written.BY_HAND ? byHand(fields) : ViewCompiler.compile(statement(fields));
  }

  private static String name(List<Field> fields) {
    return fields.stream()
        .map(field -> "_" + field.label())
        .collect(Collectors.joining("", "visits", ""));
  }

  private static ViewPlan byHand(List<Field> fields) {
    var everything = new Filter.Everything();
    var dimensions = new ArrayList<Dimension>();
    dimensions.add(Field.SITE);
    dimensions.addAll(fields);
    return new ViewPlan(
        name(fields),
        new Filter.HasOutcome(Outcome.COUNTED),
        dimensions,
        EnumSet.of(Grain.MINUTE, Grain.HOUR, Grain.DAY),
        List.of(
            new Aggregate.Count("events", everything),
            new Aggregate.DistinctOf("visitors", everything, Field.VISITOR)),
        Optional.empty());
  }

  private String statement(List<Field> fields) {
    boolean isComputed = written == Written.COMPUTED;
    List<String> columns =
        fields.stream()
            .map(Field::label)
            .map(label -> isComputed ? "UPPER(" + label + ")" : label)
            .toList();
    String named =
        fields.stream()
            .map(Field::label)
            .map(
                label ->
                    isComputed
                        ? "UPPER(" + label + ") AS " + label.toLowerCase(Locale.ROOT)
                        : label)
            .collect(Collectors.joining(", "));
    return "CREATE MATERIALIZED VIEW "
        + name(fields)
        + " AS SELECT site, "
        + named
        + ", window_start, window_end,"
        + " COUNT(*) AS events, APPROX_COUNT_DISTINCT(visitor) AS visitors"
        + " FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))"
        + (isComputed ? " WHERE CHAR_LENGTH(path) < 200" : "")
        + " GROUP BY site, "
        + String.join(", ", columns)
        + ", window_start, window_end";
  }
}
