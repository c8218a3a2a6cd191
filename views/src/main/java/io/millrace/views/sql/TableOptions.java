package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import io.millrace.views.sql.ViewDefinition.Option;
import io.millrace.views.table.KeyFormat;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.TableFormat;
import io.millrace.views.table.TablePlan;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * The options of a reference table.
 *
 * <pre>
 *   topic = 'products'        whose records are the rows; needed
 *   format = 'json'           of their values: json or avro; needed
 *   schema = '{…}'            of avro, as JSON
 *   key = 'text'              how their keys are written: text or json
 * </pre>
 */
final class TableOptions {
  private static final String TOPIC = "topic";
  private static final String FORMAT = "format";
  private static final String SCHEMA = "schema";
  private static final String KEY = "key";
  private static final List<String> ALL = List.of(TOPIC, FORMAT, SCHEMA, KEY);
  private static final Pattern TOPIC_NAME =
      Pattern.compile("(?!__)(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

  private final Map<String, Option> options;
  private final Position position;

  /**
   * Those of a statement.
   *
   * @param position of where they begin
   */
  TableOptions(Map<String, Option> options, Position position) {
    this.options = options;
    this.position = position;
    options.forEach(
        (name, option) -> {
          if (!ALL.contains(name)) {
            throw new SqlException(
                option.position(),
                "there is no option " + name + "; there are " + String.join(", ", ALL));
          }
        });
  }

  String topic() {
    Option option = required(TOPIC);
    if (!TOPIC_NAME.matcher(option.value()).matches()) {
      throw wrong(
          TOPIC,
          option,
          "1 to 249 letters, digits, dots, underscores and hyphens, not of Kafka's own");
    }
    return option.value();
  }

  TableFormat format() {
    Option option = required(FORMAT);
    return switch (option.value()) {
      case "json" -> {
        Option schema = options.get(SCHEMA);
        if (schema != null) {
          throw new SqlException(schema.position(), "a schema is for the format avro");
        }
        yield new TableFormat.Json();
      }
      case "avro" -> new TableFormat.Avro(schema());
      default -> throw wrong(FORMAT, option, "json or avro");
    };
  }

  private Schema schema() {
    Option option = options.get(SCHEMA);
    if (option == null) {
      throw new SqlException(
          position, "of the format avro the schema is needed: schema = '{\"type\":\"record\", …}'");
    }
    try {
      return new Schema.Parser().parse(option.value());
    } catch (RuntimeException | StackOverflowError malformed) {
      throw new SqlException(option.position(), "schema: not an Avro schema in JSON", malformed);
    }
  }

  /** Of several columns it is JSON, unless somebody insists otherwise, which a plan refuses. */
  KeyFormat keyFormat(int columns) {
    Option option = options.get(KEY);
    if (option == null) {
      return columns == 1 ? KeyFormat.TEXT : KeyFormat.JSON;
    }
    for (KeyFormat format : KeyFormat.values()) {
      if (format.label().equals(option.value())) {
        return format;
      }
    }
    throw wrong(KEY, option, "text or json");
  }

  /** What a plan refuses, and what a schema does not have, said where it stands. */
  TablePlan checked(Position name, Supplier<TablePlan> making) {
    try {
      TablePlan plan = making.get();
      ReferenceTable.requireReadable(plan);
      return plan;
    } catch (IllegalArgumentException refused) {
      String message = String.valueOf(refused.getMessage());
      Option schema = options.get(SCHEMA);
      throw new SqlException(
          schema != null && message.startsWith(SCHEMA) ? schema.position() : name,
          message,
          refused);
    }
  }

  private Option required(String name) {
    Option option = options.get(name);
    if (option == null) {
      throw new SqlException(position, "the option " + name + " is needed");
    }
    return option;
  }

  private static SqlException wrong(String name, Option option, String expected) {
    return new SqlException(
        option.position(), name + ": expected " + expected + ", got '" + option.value() + "'");
  }
}
