package io.millrace.testing.oracle;

import io.millrace.testing.oracle.RandomView.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A query of a view, and the same of its table. First come columns of which both sides must say the
 * same, among them what tells the rows apart; then perhaps one that is a sketch.
 *
 * @param sketch what the last column is; SUM if it must be the same as well
 */
record RandomQuestion(String view, String database, Kind sketch) {

  static RandomQuestion of(RandomView view, Chance chance) {
    return chance.onceIn(3) ? cells(view, chance) : groups(view, chance);
  }

  /** Rows as they are. */
  private static RandomQuestion cells(RandomView view, Chance chance) {
    var question = new Draft(view, chance);
    view.keys().forEach(question::same);
    for (Map.Entry<String, Kind> column : view.columns().entrySet()) {
      String name = column.getKey();
      switch (column.getValue()) {
        case SUM, LEAST, GREATEST -> question.same(name);
        case MEAN -> question.add("VALUE_OF(" + name + ")", mean(name));
        case DISTINCT -> question.add("VALUE_OF(" + name + ")", "coalesce(len(" + name + "), 0)");
        case PERCENTILE, TOP -> question.sketch(column.getValue(), "VALUE_OF(" + name + ")", name);
      }
    }
    return question.finished("", "");
  }

  /** Rows merged. */
  private static RandomQuestion groups(RandomView view, Chance chance) {
    var question = new Draft(view, chance);
    List<String> grouping = new ArrayList<>();
    List<String> inDatabase = new ArrayList<>();
    for (String key : chance.some(view.keys(), view.keys().size())) {
      String unit = chance.oneOf("", "HOUR", "DAY");
      boolean isRounded = key.equals("window_start") && !unit.isEmpty();
      grouping.add(isRounded ? "FLOOR(" + key + " TO " + unit + ")" : key);
      inDatabase.add(isRounded ? "date_trunc('" + unit + "', " + key + ")" : key);
      question.add(grouping.getLast(), inDatabase.getLast());
    }
    for (Map.Entry<String, Kind> column : view.columns().entrySet()) {
      merged(question, column.getKey(), column.getValue(), chance);
    }
    String having = chance.onceIn(5) ? " HAVING SUM(n) > " + chance.below(4) : "";
    return grouping.isEmpty()
        ? question.finished("", "")
        : question.finished(
            " GROUP BY " + String.join(", ", grouping) + having,
            " GROUP BY " + String.join(", ", inDatabase) + having);
  }

  private static void merged(Draft question, String name, Kind kind, Chance chance) {
    String merge = "MERGE(" + name + ")";
    String all = "flatten(list(" + name + "))";
    switch (kind) {
      case SUM -> question.add(chance.oneOf(merge, "SUM(" + name + ")"), "sum(" + name + ")");
      case LEAST -> question.add(chance.oneOf(merge, "MIN(" + name + ")"), "min(" + name + ")");
      case GREATEST -> question.add(chance.oneOf(merge, "MAX(" + name + ")"), "max(" + name + ")");
      case MEAN -> question.add(merge, mean(all));
      case DISTINCT ->
          question.add(
              merge,
              "CASE WHEN count(*) > 0 THEN coalesce(len(list_distinct(" + all + ")), 0) END");
      case PERCENTILE, TOP -> question.sketch(kind, merge, all);
    }
  }

  private static String mean(String list) {
    return "CASE WHEN len("
        + list
        + ") > 0 THEN list_sum("
        + list
        + ")::DOUBLE / len("
        + list
        + ") END";
  }

  private static final class Draft {
    private final RandomView source;
    private final Chance chance;
    private final List<String> ofView = new ArrayList<>();
    private final List<String> ofDatabase = new ArrayList<>();
    private Kind sketch = Kind.SUM;
    private String sketchOfView = "";
    private String sketchOfDatabase = "";

    Draft(RandomView source, Chance chance) {
      this.source = source;
      this.chance = chance;
    }

    void same(String column) {
      add(column, column);
    }

    void add(String inView, String inDatabase) {
      ofView.add(inView);
      ofDatabase.add(inDatabase);
    }

    /** Of several the last one. */
    void sketch(Kind kind, String inView, String inDatabase) {
      sketch = kind;
      sketchOfView = inView;
      sketchOfDatabase = inDatabase;
    }

    RandomQuestion finished(String groupsOfView, String groupsOfDatabase) {
      String where = where();
      int columns = ofView.size();
      if (sketch.isSketch()) {
        add(sketchOfView, sketchOfDatabase);
      }
      String limit = sketch.isSketch() || !chance.onceIn(4) ? "" : limit(columns);
      String from = " FROM " + source.name() + where;
      return new RandomQuestion(
          "SELECT " + String.join(", ", ofView) + from + groupsOfView + limit,
          "SELECT " + String.join(", ", ofDatabase) + from + groupsOfDatabase + limit,
          sketch);
    }

    private String where() {
      List<String> conditions = new ArrayList<>();
      for (int i = chance.below(3); i > 0; i--) {
        String key = chance.oneOf(source.keys());
        conditions.add(
            key.equals("window_start")
                ? key + chance.oneOf(" >= ", " < ") + time()
                : key + chance.oneOf(" = ", " <> ", " >= ") + value());
      }
      return conditions.isEmpty()
          ? ""
          : " WHERE " + String.join(chance.oneOf(" AND ", " OR "), conditions);
    }

    private String value() {
      return chance.oneOf("'demo'", "'other'", "'/a'", "''", "'SE'", "'日本'", "'none'", "'page'");
    }

    private String time() {
      return "TIMESTAMP '2026-10-31 " + chance.oneOf("00:00:00", "07:30:00", "21:59:59") + "'";
    }

    /** In an order of all columns, so that the first rows are the same on both sides. */
    private String limit(int columns) {
      List<String> order = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        order.add(i + " NULLS LAST");
      }
      return " ORDER BY " + String.join(", ", order) + " LIMIT " + (1 + chance.below(9));
    }
  }
}
