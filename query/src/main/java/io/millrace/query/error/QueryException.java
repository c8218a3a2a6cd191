package io.millrace.query.error;

import java.util.Optional;

/**
 * A query that is not answered. Carries no stack trace: it says all there is to know, and anyone
 * may cause any number of them.
 */
public final class QueryException extends RuntimeException {
  private final QueryErrorCode code;
  private final String field;
  private final Optional<Position> position;

  /** About the query as a whole. */
  public QueryException(QueryErrorCode code, String message) {
    this(code, "", message);
  }

  /**
   * About one parameter.
   *
   * @param field the parameter's name
   */
  public QueryException(QueryErrorCode code, String field, String message) {
    this(code, field, Optional.empty(), message);
  }

  /** About one place in the text of a query. */
  public QueryException(QueryErrorCode code, Position position, String message) {
    this(code, "", Optional.of(position), message);
  }

  private QueryException(
      QueryErrorCode code, String field, Optional<Position> position, String message) {
    super(message, null, false, false);
    this.code = code;
    this.field = field;
    this.position = position;
  }

  public static QueryException badParameter(String field, String message) {
    return new QueryException(QueryErrorCode.BAD_PARAMETER, field, message);
  }

  public QueryErrorCode code() {
    return code;
  }

  /** The parameter it is about; empty where it is about the whole query. */
  public String field() {
    return field;
  }

  /** The place in the text of the query that it is about, where it is about one. */
  public Optional<Position> position() {
    return position;
  }
}
