package io.millrace.query.sql.push;

import java.util.List;

/** What a reader of a push query is told next. Rows may have nulls. */
public sealed interface PushEvent {

  /**
   * Rows that are new, or in the place of one with the same key.
   *
   * @param gone rows that are no more; to be taken away before the others are added
   */
  record Rows(List<List<Object>> rows, List<List<Object>> gone) implements PushEvent {}

  /** All rows that there are: what the reader has from before is worth nothing. */
  record Snapshot(List<List<Object>> rows) implements PushEvent {}

  /** Nothing for a while. */
  record Nothing() implements PushEvent {}

  /** The reader is too slow. The stream ends with it. */
  record Dropped() implements PushEvent {
    static final String REASON =
        "too slow: more rows are waiting than are kept for a reader; come back with the last id";
  }

  /** The end. */
  record End(Reason reason, String message) implements PushEvent {

    static End of(Reason reason) {
      return new End(reason, reason.message);
    }
  }

  /** Why a stream ends. */
  enum Reason {
    LIMIT("as many rows as were asked for"),
    STOPPING("the server is stopping; come back with the last id"),
    LIFETIME("a stream ends after a while; come back with the last id"),
    REVOKED("the token has no longer the right to this"),
    CHANGED("the view was replaced; ask again"),
    FAILED("the query cannot be computed any longer");

    private final String message;

    Reason(String message) {
      this.message = message;
    }
  }
}
