package io.millrace.views;

/** What a view is computed from. */
public enum Source {
  /** Every record of click-events with its outcome. */
  CLICKS,
  /** The sessions of visitors, each as it is known so far. */
  SESSIONS
}
