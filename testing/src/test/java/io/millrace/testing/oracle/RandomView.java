package io.millrace.testing.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A view, and the same as a table of the database.
 *
 * @param statement that defines the view
 * @param table the statement that makes the table
 * @param unit of its windows; empty without
 * @param keys its columns that say which row it is
 * @param columns the others, and what they are
 */
record RandomView(
    String name,
    String statement,
    String table,
    String unit,
    List<String> keys,
    Map<String, Kind> columns) {
  private static final List<String> CLICK_TEXTS =
      List.of(
          "visitor",
          "type",
          "name",
          "path",
          "country",
          "device",
          "browser",
          "operating_system",
          "referrer_medium",
          "utm_source",
          "url");
  private static final List<String> SESSION_TEXTS =
      List.of(
          "entry_page",
          "exit_page",
          "referrer_medium",
          "referrer_source",
          "utm_source",
          "utm_campaign");

  /** What a column holds, and so how it is merged and compared. */
  enum Kind {
    /** A number that is added. */
    SUM,
    LEAST,
    GREATEST,
    /** The database has a list of the numbers. */
    MEAN,
    /** The database has a list of the different texts. */
    DISTINCT,
    /** The database has a list of the numbers. */
    PERCENTILE,
    /** The database has a list of the texts. */
    TOP;

    /** Whether two right answers can differ. */
    boolean isSketch() {
      return this == PERCENTILE || this == TOP;
    }
  }

  /** Made of the parts that are found by chance. */
  static RandomView of(String name, Chance chance) {
    return new Maker(name, chance).make();
  }

  private static final class Maker {
    private final String name;
    private final Chance chance;
    private final String table;
    private final RandomExpressions expressions;
    private final List<Twin> groups = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Twin> selected = new ArrayList<>();
    private final Map<String, Kind> columns = new LinkedHashMap<>();

    Maker(String name, Chance chance) {
      this.name = name;
      this.chance = chance;
      table = chance.oneOf("clicks", "clicks", "clicks", "events", "rejected", "sessions");
      expressions =
          new RandomExpressions(
              chance, isOfSessions(), isOfSessions() ? SESSION_TEXTS : textsOf(table));
    }

    private static List<String> textsOf(String table) {
      List<String> texts = new ArrayList<>(CLICK_TEXTS);
      if (!table.equals("clicks")) {
        texts.add("outcome");
        texts.add("reason");
      }
      return texts;
    }

    private boolean isOfSessions() {
      return table.equals("sessions");
    }

    RandomView make() {
      String unit = chance.oneOf("", "MINUTE", "MINUTE", "HOUR", "DAY");
      addGroups(unit);
      // A row of which nothing is known but zeros is not kept, so that each has a number of events.
      add("n", Kind.SUM, Twin.same("COUNT(*)"));
      for (int i = chance.below(5); i >= 0; i--) {
        addAggregate("a" + i);
      }
      Twin condition = chance.onceIn(2) ? Twin.same("TRUE") : expressions.condition(2);
      String where = condition.view().equals("TRUE") ? "" : " WHERE " + condition.view();
      String ofView = columns(Twin::view) + " FROM " + source(unit) + where;
      // Bytes that are no event are of no site, and queries see those that there are.
      String seen = keys.contains("site") ? " AND site <> ''" : "";
      return new RandomView(
          name,
          "CREATE MATERIALIZED VIEW "
              + name
              + " WITH (groups = 'few') AS SELECT "
              + ofView
              + " GROUP BY "
              + groups.stream().map(Twin::view).collect(Collectors.joining(", ")),
          "CREATE TABLE "
              + name
              + " AS SELECT "
              + columns(Twin::database)
              + " FROM "
              + table
              + " WHERE "
              + condition.database()
              + seen
              + " GROUP BY "
              + groups.stream().map(Twin::database).collect(Collectors.joining(", ")),
          unit,
          List.copyOf(keys),
          columns);
    }

    private String columns(Function<Twin, String> side) {
      return selected.stream().map(side).collect(Collectors.joining(", "));
    }

    private String source(String unit) {
      return unit.isEmpty()
          ? table
          : "TABLE(TUMBLE(TABLE " + table + ", DESCRIPTOR(event_time), INTERVAL '1' " + unit + "))";
    }

    private void addGroups(String unit) {
      if (!chance.onceIn(5)) {
        addGroup("site", Twin.same("site"));
      }
      if (!unit.isEmpty()) {
        String start = "date_trunc('" + unit + "', event_time)";
        addGroup("window_start", new Twin("window_start", start));
        groups.add(new Twin("window_end", start + " + INTERVAL 1 " + unit));
        selected.add(new Twin("window_end", start + " + INTERVAL 1 " + unit + " AS window_end"));
      }
      int count = chance.below(3) + (keys.isEmpty() ? 1 : 0);
      for (int i = 0; i < count; i++) {
        addGroup("g" + i, expressions.text(2));
      }
    }

    /** Of an unknown value the group is the empty text. */
    private void addGroup(String column, Twin expression) {
      boolean isTime = column.equals("window_start");
      Twin group =
          new Twin(
              expression.view(),
              isTime ? expression.database() : "coalesce(" + expression.database() + ", '')");
      groups.add(group);
      keys.add(column);
      selected.add(
          new Twin(
              group.view().equals(column) ? column : group.view() + " AS " + column,
              group.database() + " AS " + column));
    }

    private void addAggregate(String column) {
      Twin filter = chance.onceIn(2) ? Twin.same("TRUE") : expressions.condition(1);
      Twin text = expressions.text(1);
      Twin number = expressions.number();
      switch (chance.below(isOfSessions() ? 4 : 8)) {
        case 0 -> add(column, Kind.SUM, filtered(Twin.same("COUNT(*)"), filter));
        case 1 -> add(column, Kind.SUM, filtered(Twin.of("COUNT(%s)", text), filter));
        case 2 ->
            add(
                column,
                Kind.SUM,
                new Twin(
                    filtered("SUM(" + number.view() + ")", filter.view()),
                    "coalesce("
                        + filtered("SUM(" + number.database() + ")", filter.database())
                        + ", 0)"));
        case 3 ->
            add(
                column,
                Kind.MEAN,
                listed("AVG(" + number.view() + ")", number.database(), "IS NOT NULL", filter));
        case 4 -> add(column, Kind.LEAST, filtered(Twin.of("MIN(%s)", number), filter));
        case 5 -> add(column, Kind.GREATEST, filtered(Twin.of("MAX(%s)", number), filter));
        case 6 ->
            add(
                column,
                Kind.DISTINCT,
                listed(
                    "APPROX_COUNT_DISTINCT(" + text.view() + ")",
                    "DISTINCT " + text.database(),
                    text.database(),
                    "<> ''",
                    filter));
        default -> {
          if (chance.onceIn(2)) {
            add(
                column,
                Kind.PERCENTILE,
                listed(
                    "APPROX_PERCENTILE(" + number.view() + ", 0.9)",
                    number.database(),
                    "IS NOT NULL",
                    filter));
          } else {
            add(
                column,
                Kind.TOP,
                listed("TOP_K(" + text.view() + ", 3)", text.database(), "<> ''", filter));
          }
        }
      }
    }

    private static Twin filtered(Twin aggregate, Twin filter) {
      return new Twin(
          filtered(aggregate.view(), filter.view()),
          filtered(aggregate.database(), filter.database()));
    }

    private static String filtered(String aggregate, String filter) {
      return filter.equals("TRUE") ? aggregate : aggregate + " FILTER (WHERE " + filter + ")";
    }

    private static Twin listed(String aggregate, String value, String isThere, Twin filter) {
      return listed(aggregate, value, value, isThere, filter);
    }

    private static Twin listed(
        String aggregate, String listed, String value, String isThere, Twin filter) {
      return new Twin(
          filtered(aggregate, filter.view()),
          "list("
              + listed
              + ") FILTER (WHERE ("
              + filter.database()
              + ") AND ("
              + value
              + ") "
              + isThere
              + ")");
    }

    private void add(String column, Kind kind, Twin aggregate) {
      columns.put(column, kind);
      selected.add(Twin.of("%s AS " + column, aggregate));
    }
  }
}
