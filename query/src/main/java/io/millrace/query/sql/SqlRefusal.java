package io.millrace.query.sql;

import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.sql.language.UncomputableException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure of Calcite means for whoever wrote the query: where it is wrong, in words that say
 * nothing of Java.
 */
final class SqlRefusal {
  private static final Logger LOG = LoggerFactory.getLogger(SqlRefusal.class);
  private static final Pattern UNEXPECTED =
      Pattern.compile("Encountered \"(.*?)\" at line|Incorrect syntax near the keyword '(.*?)'");
  private static final Pattern JAVA_TYPE =
      Pattern.compile("JavaType\\(class [^)]*\\)( NOT NULL)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern CALL_OF_COLUMN = Pattern.compile("\\w+\\(\\s*([\\w.\"]+)\\s*\\)");
  private static final int MOST_SHOWN = 500;

  private SqlRefusal() {}

  /** What a failure of planning or computing means; itself, where it is a fault of ours. */
  static RuntimeException of(Throwable failure, SqlText text) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<RuntimeException> known = known(cause, text);
      if (known.isPresent()) {
        return known.get();
      }
    }
    if (isOfCalcite(failure)) {
      LOG.atDebug().setCause(failure).log("A query that Calcite cannot take");
      return refused(new Position(1, 1), "a part of this query is not supported");
    }
    return failure instanceof RuntimeException bug
        ? bug
        : new IllegalStateException("a query could not be planned or computed", failure);
  }

  private static Optional<RuntimeException> known(Throwable cause, SqlText text) {
    return switch (cause) {
      case QueryException refused -> Optional.of(refused);
      case CellsUnavailableException unavailable -> Optional.of(unavailable);
      case SqlParseException unparsable -> Optional.of(ofParser(unparsable, text));
      case CalciteContextException invalid -> Optional.of(ofValidator(invalid, text));
      case StackOverflowError _ ->
          Optional.of(refused(new Position(1, 1), "the query is nested too deep"));
      case RelOptPlanner.CannotPlanException _ ->
          Optional.of(refused(new Position(1, 1), "a part of this query is not supported"));
      case UnsupportedOperationException unsupported ->
          Optional.of(
              refused(
                  new Position(1, 1),
                  "a part of this query is not supported: "
                      + inWords(String.valueOf(unsupported.getMessage()))));
      case CalciteException incomputable -> Optional.of(ofValue(incomputable));
      case ArithmeticException incomputable -> Optional.of(ofValue(incomputable));
      case UncomputableException incomputable when incomputable.isTooLarge() ->
          Optional.of(
              new QueryException(
                  QueryErrorCode.QUERY_TOO_LARGE, String.valueOf(incomputable.getMessage())));
      case UncomputableException incomputable -> Optional.of(ofValue(incomputable));
      case NumberFormatException incomputable -> Optional.of(ofValue(incomputable));
      case java.time.DateTimeException incomputable -> Optional.of(ofValue(incomputable));
      default ->
          isTooMuchCode(cause)
              ? Optional.of(
                  refused(
                      new Position(1, 1), "the query is too large; split it into several queries"))
              : Optional.empty();
    };
  }

  /**
   * Whether the failure is from within Calcite: it takes much for granted of a query that is no
   * longer so by the time it looks, and says so in exceptions for programmers.
   */
  private static boolean isOfCalcite(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("io.millrace.")) {
        return false;
      }
      if (frame.getClassName().startsWith("org.apache.calcite.")) {
        return true;
      }
    }
    return false;
  }

  /** The methods of Java's byte code have 64 kilobytes. */
  private static boolean isTooMuchCode(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("grows beyond 64 KB");
  }

  private static QueryException ofParser(SqlParseException unparsable, SqlText text) {
    SqlParserPos place = unparsable.getPos();
    Position position =
        place == null || place.getLineNum() < 1
            ? Position.of(text.original(), text.original().length())
            : new Position(place.getLineNum(), Math.max(1, place.getColumnNum()));
    String message = String.valueOf(unparsable.getMessage());
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (!unexpected.find()) {
      return refused(position, inWords(message.lines().findFirst().orElse(message)));
    }
    String word = unexpected.group(1) == null ? unexpected.group(2) : unexpected.group(1);
    if (text.original().stripLeading().startsWith(word)) {
      return refused(
          position,
          "only queries are answered here: SELECT, WITH, VALUES, and EXPLAIN PLAN FOR one");
    }
    if (word.equals("<EOF>")) {
      String whole = text.original().stripTrailing();
      return refused(
          Position.of(whole, whole.length()),
          "the query ends too early: something is missing at its end");
    }
    return refused(
        position,
        "\""
            + inWords(word)
            + "\" is not expected here; a name that is also a word of SQL goes in double quotes, a"
            + " text in single ones");
  }

  private static QueryException ofValidator(CalciteContextException invalid, SqlText text) {
    Throwable cause = invalid.getCause();
    String message = String.valueOf(cause == null ? invalid.getMessage() : cause.getMessage());
    var position =
        new Position(Math.max(1, invalid.getPosLine()), Math.max(1, invalid.getPosColumn()));
    return refused(position, inWords(message) + advice(message, invalid, text));
  }

  private static String advice(String message, CalciteContextException invalid, SqlText text) {
    if (JAVA_TYPE.matcher(message).find()) {
      Matcher call = CALL_OF_COLUMN.matcher(excerpt(invalid, text));
      String column = call.find() ? call.group(1) : "column";
      return "; a sketch is merged by MERGE("
          + column
          + "), and its number in one row is VALUE_OF("
          + column
          + ")";
    }
    if (message.startsWith("Object '")) {
      return "; SHOW VIEWS tells what views there are";
    }
    return "";
  }

  /** The part of the query that a failure is about, as far as it is on one line. */
  private static String excerpt(CalciteContextException invalid, SqlText text) {
    String line =
        text.original().lines().skip(Math.max(0, invalid.getPosLine() - 1L)).findFirst().orElse("");
    int from = Math.clamp(invalid.getPosColumn() - 1L, 0, line.length());
    int to =
        invalid.getEndPosLine() == invalid.getPosLine()
            ? Math.clamp(invalid.getEndPosColumn(), from, line.length())
            : line.length();
    return line.substring(from, to);
  }

  private static QueryException ofValue(@Nullable Throwable incomputable) {
    String message = incomputable == null ? "" : String.valueOf(incomputable.getMessage());
    return new QueryException(
        QueryErrorCode.INVALID_SQL, "a value cannot be computed: " + inWords(message));
  }

  private static String inWords(String message) {
    String words =
        JAVA_TYPE.matcher(SqlText.inWordsOfTheQuery(message)).replaceAll("sketch").strip();
    return words.length() <= MOST_SHOWN ? words : words.substring(0, MOST_SHOWN) + "…";
  }

  private static QueryException refused(Position position, String message) {
    return new QueryException(QueryErrorCode.INVALID_SQL, position, message);
  }
}
