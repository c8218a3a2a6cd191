package io.millrace.query.error;

import java.util.Locale;

/** What went wrong, and whose fault it is. The names are part of the interface. */
public enum QueryErrorCode {
  UNKNOWN_PARAMETER(Fault.USER),
  MISSING_PARAMETER(Fault.USER),
  BAD_PARAMETER(Fault.USER),
  /** What is no SQL, makes no sense, or is not answered here. */
  INVALID_SQL(Fault.USER),
  UNKNOWN_VIEW(Fault.USER),
  /** It is defined, and has no right cells yet. */
  VIEW_NOT_READY(Fault.EXTERNAL),
  UNKNOWN_SITE(Fault.USER),
  /** There is such a view already, or its name is taken. */
  VIEW_EXISTS(Fault.USER),
  NOT_FOUND(Fault.USER),
  METHOD_NOT_ALLOWED(Fault.USER),
  /** More cells, groups or time than one query may take. */
  QUERY_TOO_LARGE(Fault.USER),
  /** Whoever asked does not want to know any more. */
  CANCELLED(Fault.USER),
  /** Windows that the query needs have been deleted for their age. */
  NOT_KEPT(Fault.USER),
  /** As many queries or streams as this process serves are running. */
  TOO_BUSY(Fault.EXTERNAL),
  /** The cells are moving between processes, or not yet there. */
  CELLS_UNAVAILABLE(Fault.EXTERNAL),
  /** Commands cannot be written, or do not come back. */
  DEFINITIONS_UNAVAILABLE(Fault.EXTERNAL),
  INTERNAL(Fault.BUG),
  /** It is not known who asks. */
  UNAUTHENTICATED(Fault.USER),
  /** It is known who asks, and that they may not. */
  FORBIDDEN(Fault.USER),
  /** Whoever asks, asks or guesses too often. */
  TOO_MANY_REQUESTS(Fault.EXTERNAL);

  /** Who can do something about it. */
  public enum Fault {
    /** Whoever asked. */
    USER,
    /** Nobody in particular; trying again helps. */
    EXTERNAL,
    /** Whoever wrote this program. */
    BUG
  }

  private final Fault fault;

  QueryErrorCode(Fault fault) {
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /** The name in answers, in lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
