package io.millrace.query.sql;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Puts parameters where a WHERE compares with a text or a time, so that one plan answers all
 * queries that differ in these alone: a dashboard asks the same with other times all day. Elsewhere
 * a literal can be part of what the query means, such as of a type or of a group, and stays.
 *
 * <p>Belongs to one thread, and changes the query that it is given.
 */
final class LiteralParameters extends SqlBasicVisitor<Void> {
  private static final int MILLISECONDS = 3;
  private static final String TIMESTAMP = "TIMESTAMP";
  private static final Pattern PLAIN_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?");

  /**
   * A literal that has become a parameter.
   *
   * @param literal which of the text
   */
  record Parameter(int literal, boolean isTime) {}

  private final SqlText text;
  private final int[] lineStarts;
  private final Map<Integer, Integer> literalsByEnd = new HashMap<>();
  private final List<Parameter> found = new ArrayList<>();

  private LiteralParameters(SqlText text) {
    this.text = text;
    lineStarts = lineStarts(text.original());
    for (int i = 0; i < text.literals().size(); i++) {
      literalsByEnd.put(text.literals().get(i).to(), i);
    }
  }

  /**
   * Puts parameters into a query. The first has the number that follows those of the query itself.
   *
   * @return the literals that have become parameters, in the order of these
   */
  static List<Parameter> putInto(SqlNode query, SqlText text) {
    var parameters = new LiteralParameters(text);
    query.accept(parameters);
    return parameters.found;
  }

  /** The literals that are no parameters. */
  static List<String> others(SqlText text, List<Parameter> parameters) {
    var isParameter = new BitSet();
    parameters.forEach(parameter -> isParameter.set(parameter.literal()));
    var others = new ArrayList<String>();
    for (int i = 0; i < text.literals().size(); i++) {
      if (!isParameter.get(i)) {
        others.add(text.literals().get(i).value());
      }
    }
    return others;
  }

  /**
   * What code computes with for each of the parameters: milliseconds for a time, else the text.
   * Empty where one of them is no value of its type.
   */
  static Optional<List<Object>> values(SqlText text, List<Parameter> parameters) {
    var values = new ArrayList<Object>();
    for (Parameter parameter : parameters) {
      String value = text.literals().get(parameter.literal()).value();
      Optional<Object> known = parameter.isTime() ? millis(value) : Optional.of(value);
      known.ifPresent(values::add);
    }
    return values.size() == parameters.size() ? Optional.of(values) : Optional.empty();
  }

  /** Of a time that is written in full, to the millisecond. */
  private static Optional<Object> millis(String time) {
    if (!PLAIN_TIME.matcher(time).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.parse(time.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli());
    } catch (DateTimeParseException impossible) {
      return Optional.empty();
    }
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select && select.getWhere() != null) {
      replaceIn(select.getWhere());
    }
    return super.visit(call);
  }

  private void replaceIn(SqlNode condition) {
    if (!(condition instanceof SqlBasicCall call)) {
      return;
    }
    switch (call.getKind()) {
      case AND, OR, NOT -> call.getOperandList().forEach(this::replaceIn);
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          BETWEEN ->
          replaceOperands(call);
      default -> {
        // Of other conditions, such as LIKE, a plan may depend on what the literal says.
      }
    }
  }

  private void replaceOperands(SqlBasicCall comparison) {
    for (int i = 0; i < comparison.operandCount(); i++) {
      if (comparison.operand(i) instanceof SqlLiteral literal) {
        SqlParserPos place = literal.getParserPosition();
        switch (literal) {
          case SqlCharStringLiteral characters
              when characters.getValue() instanceof NlsString string
                  && string.getCharset() == null ->
              replace(comparison, i, string.getValue(), typeOf(SqlTypeName.VARCHAR, -1, place));
          case SqlUnknownLiteral time
              when time.tag.equals(TIMESTAMP) && millis(time.getValue()).isPresent() ->
              replace(
                  comparison,
                  i,
                  time.getValue(),
                  typeOf(SqlTypeName.TIMESTAMP, MILLISECONDS, place));
          default -> {
            // Numbers say much about the types of what is computed.
          }
        }
      }
    }
  }

  private static SqlDataTypeSpec typeOf(SqlTypeName name, int precision, SqlParserPos place) {
    return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(name, precision, place), place);
  }

  private void replace(SqlBasicCall comparison, int operand, String value, SqlDataTypeSpec type) {
    SqlParserPos place = comparison.operand(operand).getParserPosition();
    int literal = indexOf(place, value);
    if (literal >= 0) {
      var parameter = new SqlDynamicParam(text.parameters().size() + found.size(), place);
      comparison.setOperand(operand, SqlStdOperatorTable.CAST.createCall(place, parameter, type));
      found.add(new Parameter(literal, isTime(type)));
    }
  }

  private static boolean isTime(SqlDataTypeSpec type) {
    return type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
        && basic.getTypeName().getSimple().equals(TIMESTAMP);
  }

  /** Which literal of the text it is, or -1. */
  private int indexOf(SqlParserPos place, String value) {
    if (place.getEndLineNum() > lineStarts.length) {
      return -1;
    }
    int end = lineStarts[place.getEndLineNum() - 1] + place.getEndColumnNum();
    int index = literalsByEnd.getOrDefault(end, -1);
    return index >= 0 && text.literals().get(index).value().equals(value) ? index : -1;
  }

  private static int[] lineStarts(String text) {
    var starts = new ArrayList<Integer>();
    starts.add(0);
    for (int i = 0; i < text.length(); i++) {
      boolean isEnd =
          text.charAt(i) == '\n'
              || (text.charAt(i) == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
      if (isEnd) {
        starts.add(i + 1);
      }
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
