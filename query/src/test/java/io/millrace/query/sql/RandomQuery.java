package io.millrace.query.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Queries that mean the same to both sides. Each that has a limit is in an order in which no two
 * different rows are equal.
 */
final class RandomQuery {
  private static final Map<String, List<String>> DIMENSIONS =
      Map.of(
          "traffic", List.of("site"),
          "pages", List.of("site", "path"),
          "countries", List.of("site", "country"),
          "mixed", List.of("site", "path", "country"));
  private static final List<String> VIEWS = List.of("traffic", "pages", "countries", "mixed");

  private final Random random;

  RandomQuery(Random random) {
    this.random = random;
  }

  String next() {
    return switch (random.nextInt(8)) {
      case 0 -> cells();
      case 1, 2, 3 -> groups();
      case 4 -> joined();
      case 5 -> nested();
      case 6 -> windowed();
      default -> combined();
    };
  }

  private String cells() {
    String view = oneOf(VIEWS);
    List<String> columns = some(dimensionsAnd(view, "window_start", "window_end", "events"));
    columns.add(
        oneOf("page_views", "events * 2 - page_views", "VALUE_OF(visitors)", "window_start"));
    if (view.equals("mixed")) {
      columns.add(oneOf("cheapest", "revenue", "revenue - 0.01", "COALESCE(cheapest, -1)"));
    }
    return "SELECT " + list(columns) + " FROM " + view + where(view) + limited(columns.size());
  }

  private String groups() {
    String view = oneOf(VIEWS);
    List<String> keys = some(keys(view));
    List<String> columns = new ArrayList<>(keys);
    columns.addAll(some(aggregates(view)));
    String from = " FROM " + view + where(view);
    if (columns.isEmpty()) {
      return "SELECT COUNT(*)" + from;
    }
    return "SELECT "
        + list(columns)
        + from
        + (keys.isEmpty() ? "" : " GROUP BY " + list(keys) + having())
        + limited(columns.size());
  }

  private String joined() {
    String kind = oneOf("JOIN", "LEFT JOIN", "FULL JOIN");
    String on =
        oneOf(
            "a.site = b.site AND a.window_start = b.window_start",
            "a.site = b.site AND a.window_start = b.window_start AND a.events = b.events",
            "a.window_start = b.window_start");
    String tables = " FROM pages a " + kind + " countries b ON " + on;
    return random.nextBoolean()
        ? "SELECT a.path, b.country, a.window_start, b.events" + tables
        : "SELECT a.path, b.country, COUNT(*), SUM(a.events), MAX(b.events)"
            + tables
            + " GROUP BY a.path, b.country";
  }

  private String nested() {
    String view = oneOf("pages", "mixed");
    return oneOf(
        "SELECT path, SUM(events) FROM pages WHERE site IN (SELECT site FROM traffic"
            + where("traffic")
            + ") GROUP BY path",
        "SELECT path, events FROM "
            + view
            + " p WHERE EXISTS (SELECT 1 FROM countries c WHERE c.site = p.site AND"
            + " c.window_start = p.window_start AND c.events > "
            + random.nextInt(3)
            + ")",
        "SELECT path, SUM(events) FROM "
            + view
            + " GROUP BY path HAVING SUM(events) > (SELECT AVG(events) FROM traffic)",
        "SELECT n, COUNT(*) FROM (SELECT path, SUM(events) AS n FROM "
            + view
            + where(view)
            + " GROUP BY path) AS t GROUP BY n",
        "WITH t AS (SELECT site, FLOOR(window_start TO HOUR) AS h, SUM(events) AS n FROM "
            + view
            + " GROUP BY site, FLOOR(window_start TO HOUR)) SELECT site, MAX(n), COUNT(*) FROM t"
            + " GROUP BY site",
        "SELECT path, CASE WHEN events > 1 THEN 'many' ELSE 'one' END AS k, COUNT(*) FROM "
            + view
            + where(view)
            + " GROUP BY path, CASE WHEN events > 1 THEN 'many' ELSE 'one' END",
        "SELECT path FROM pages WHERE site NOT IN (SELECT site FROM countries WHERE events > 3)");
  }

  private String windowed() {
    return oneOf(
        "SELECT site, path, window_start, SUM(events) OVER (PARTITION BY site, path ORDER BY"
            + " window_start) FROM pages"
            + where("pages"),
        "SELECT path, n, RANK() OVER (ORDER BY n DESC), DENSE_RANK() OVER (ORDER BY n DESC) FROM"
            + " (SELECT path, SUM(events) AS n FROM pages"
            + where("pages")
            + " GROUP BY path) AS t",
        "SELECT path, n FROM (SELECT site, path, SUM(events) AS n, ROW_NUMBER() OVER (PARTITION BY"
            + " site ORDER BY SUM(events) DESC, path) AS r FROM pages GROUP BY site, path) AS t"
            + " WHERE r <= 2",
        "SELECT window_start, events, LAG(events) OVER (ORDER BY window_start) FROM traffic WHERE"
            + " site = 'demo'",
        "SELECT path, window_start, COUNT(*) OVER (PARTITION BY path), MAX(events) OVER (PARTITION"
            + " BY path) FROM pages WHERE site = 'demo'");
  }

  private String combined() {
    String operation = oneOf("UNION", "UNION ALL", "EXCEPT", "INTERSECT");
    return "SELECT site, window_start FROM pages"
        + where("pages")
        + " "
        + operation
        + " SELECT site, window_start FROM countries"
        + where("countries");
  }

  private List<String> keys(String view) {
    return dimensionsAnd(
        view,
        "window_start",
        "FLOOR(window_start TO HOUR)",
        "FLOOR(window_start TO DAY)",
        "FLOOR(window_start TO MONTH)",
        "UPPER(site)",
        "EXTRACT(HOUR FROM window_start)");
  }

  private static List<String> aggregates(String view) {
    var aggregates =
        new ArrayList<>(
            List.of(
                "SUM(events)",
                "SUM(page_views)",
                "MERGE(events)",
                "MERGE(visitors)",
                "SUM(events) FILTER (WHERE site = 'demo')",
                "COUNT(*)",
                "MAX(events)",
                "AVG(events)",
                "COUNT(DISTINCT events)",
                "MIN(window_start)"));
    if (view.equals("mixed")) {
      aggregates.addAll(
          List.of(
              "MERGE(first_time)",
              "MERGE(last_time)",
              "MERGE(mean_time)",
              "MAX(last_time)",
              "MIN(first_time)",
              "MERGE(time_sum)",
              "SUM(revenue)",
              "MERGE(revenue)",
              "MERGE(cheapest)",
              "MIN(cheapest)",
              "SUM(cheapest)",
              "COUNT(cheapest)",
              "COALESCE(MAX(cheapest), 0)",
              "MERGE(mean_price)",
              "SUM(revenue) FILTER (WHERE cheapest > 0)"));
    }
    return aggregates;
  }

  private String where(String view) {
    List<String> conditions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      conditions.add(condition(view));
    }
    return conditions.isEmpty()
        ? ""
        : " WHERE " + String.join(oneOf(" AND ", " AND ", " OR "), conditions);
  }

  private String condition(String view) {
    String text = oneOf(DIMENSIONS.get(view));
    if (view.equals("mixed") && random.nextInt(4) == 0) {
      return oneOf("cheapest IS NULL", "cheapest > 5.4", "NOT (cheapest <= 0)", "revenue <> 19.99");
    }
    return switch (random.nextInt(10)) {
      case 0 -> text + " = " + value();
      case 1 -> text + " <> " + value();
      case 2 -> text + " IN (" + value() + ", " + value() + ", " + value() + ")";
      case 3 -> text + " LIKE " + oneOf("'/%'", "'%a%'", "'_'", "'%'", "'d_m%'");
      case 4 -> "window_start >= " + time();
      case 5 -> "window_start < " + time();
      case 6 -> "window_start BETWEEN " + time() + " AND " + time();
      case 7 -> "NOT (" + text + " = " + value() + " AND events > 1)";
      case 8 -> "FLOOR(window_start TO DAY) = TIMESTAMP '2026-10-31 00:00:00'";
      default -> "events " + oneOf("=", ">", "<=", "<>") + " " + random.nextInt(4);
    };
  }

  private String value() {
    return oneOf("'demo'", "'other'", "'/a'", "'/'", "''", "'SE'", "'日本'", "'/it''s'", "'/ä日'");
  }

  private String time() {
    return "TIMESTAMP '2026-10-"
        + (30 + random.nextInt(2))
        + " "
        + oneOf("00:00:00", "12:30:00", "22:00:00", "22:59:30", "23:00:00")
        + "'";
  }

  private String having() {
    return oneOf("", "", " HAVING SUM(events) > " + random.nextInt(6), " HAVING COUNT(*) = 1");
  }

  /** An order of all columns, so that the first few rows are the same on both sides. */
  private String limited(int columns) {
    if (random.nextInt(3) > 0) {
      return "";
    }
    List<String> order = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      order.add(i + oneOf("", " DESC") + " NULLS LAST");
    }
    Collections.shuffle(order, random);
    return " ORDER BY "
        + list(order)
        + " LIMIT "
        + (1 + random.nextInt(8))
        + oneOf("", " OFFSET " + random.nextInt(4));
  }

  private static List<String> dimensionsAnd(String view, String... more) {
    List<String> all = new ArrayList<>(DIMENSIONS.get(view));
    all.addAll(List.of(more));
    return all;
  }

  private List<String> some(List<String> all) {
    List<String> some = new ArrayList<>(all);
    Collections.shuffle(some, random);
    return new ArrayList<>(some.subList(0, random.nextInt(Math.min(4, some.size() + 1))));
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String oneOf(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String list(List<String> parts) {
    return String.join(", ", parts);
  }
}
