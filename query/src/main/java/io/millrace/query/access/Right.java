package io.millrace.query.access;

import java.util.Locale;

/** What a caller may do. Each route needs one; statements that change something need another. */
public enum Right {
  /** Ask for sites, views and what happens right now. */
  VIEW,
  /** Ask in SQL. */
  QUERY,
  /** Ask for metrics, health and books. */
  OPERATE,
  /** Define and drop views and tables. */
  CHANGE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
