package io.millrace.views.sql;

import io.millrace.views.BuiltInViews;
import io.millrace.views.ViewPlan;
import io.millrace.views.table.ReferenceTable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.tools.Frameworks;

/** Makes the plan of a view of the statement that defines it. Safe for any number of threads. */
public final class ViewCompiler {
  private static final Set<String> RESERVED =
      Arrays.stream(SourceTable.values()).map(SourceTable::label).collect(Collectors.toSet());
  private static final int LONGEST_NAME = 63;

  private ViewCompiler() {}

  /**
   * The plan of a view.
   *
   * @param statement {@code CREATE MATERIALIZED VIEW …}
   * @throws SqlException where it is wrong, or asks for what a view cannot keep
   */
  public static ViewPlan compile(String statement) {
    return compile(statement, List.of());
  }

  /**
   * The plan of a view that may join reference tables. Of a view that was defined before, by a
   * version with other rules perhaps, so nothing is asked that a plan can do without: where a view
   * that has begun had none any longer, the processing could not go on.
   *
   * @param statement {@code CREATE MATERIALIZED VIEW …}
   * @param tables those that it can name
   * @throws SqlException where it is wrong, or asks for what a view cannot keep
   */
  public static ViewPlan compile(String statement, Collection<ReferenceTable> tables) {
    return DeepStack.call(() -> compiled(statement, tables, false));
  }

  /**
   * The plan of a view that somebody defines while the program runs, by the rules of now.
   *
   * @param statement {@code CREATE MATERIALIZED VIEW …}
   * @param tables those that it can name
   * @throws SqlException as {@link #compile} does, and for a name that it cannot have, a topic,
   *     more text than is allowed, and groups without end
   */
  public static ViewPlan define(String statement, Collection<ReferenceTable> tables) {
    Dialect.requireBounded(statement);
    return DeepStack.call(() -> compiled(statement, tables, true));
  }

  /** The names of the options of views. */
  public static List<String> options() {
    return ViewOptions.ALL;
  }

  private static ViewPlan compiled(
      String statement, Collection<ReferenceTable> tables, boolean isNew) {
    ViewDefinition definition = ViewDefinitionParser.parse(statement);
    if (isNew) {
      requireFreeName(definition, tables);
    }
    var options = new ViewOptions(definition.options());
    try {
      QueryShape shape = QueryShape.of(Dialect.check(definition.query(), schema(tables)));
      var compilation = new ViewCompilation(definition, options, shape);
      ViewPlan plan = compilation.plan();
      if (isNew) {
        compilation.requireEnd();
        requireNoTopic(definition, plan);
      }
      return plan;
    } catch (SqlException wrong) {
      throw wrong;
    } catch (StackOverflowError | RuntimeException unforeseen) {
      throw Dialect.located(unforeseen);
    }
  }

  private static void requireFreeName(
      ViewDefinition definition, Collection<ReferenceTable> tables) {
    String name = definition.name();
    if (name.length() > LONGEST_NAME) {
      throw new SqlException(
          definition.position(), "a name has at most " + LONGEST_NAME + " characters");
    }
    if (RESERVED.contains(name)) {
      throw new SqlException(
          definition.position(), name + " is a table of events; choose another name");
    }
    if (tables.stream().anyMatch(table -> table.plan().name().equals(name))) {
      throw new SqlException(
          definition.position(), name + " is a reference table; choose another name");
    }
    if (BuiltInViews.all().stream().anyMatch(view -> view.name().equals(name))) {
      throw new SqlException(
          definition.position(), "the view " + name + " is built in; choose another name");
    }
  }

  private static void requireNoTopic(ViewDefinition definition, ViewPlan plan) {
    if (plan.topic().isPresent()) {
      throw new SqlException(
          definition.position(), "only views that are there at the start can have a topic");
    }
  }

  private static SchemaPlus schema(Collection<ReferenceTable> tables) {
    SchemaPlus schema = Frameworks.createRootSchema(false);
    for (SourceTable table : SourceTable.values()) {
      schema.add(table.label(), table.toCalcite());
    }
    tables.forEach(table -> schema.add(table.plan().name(), new ReferenceSource(table)));
    return schema;
  }
}
