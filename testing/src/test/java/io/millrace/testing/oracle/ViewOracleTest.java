package io.millrace.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.query.sql.SqlLimits;
import io.millrace.query.sql.SqlQueries;
import io.millrace.streams.session.SessionConfig;
import io.millrace.testing.harness.DrivenTopology;
import io.millrace.testing.harness.FieldEnricher;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.ViewCompiler;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random views over random events, through their statements and both stages of the processing, and
 * random queries of them: the answers are those of DuckDB, which is told what stage 1 has decided
 * about each event and computes everything else for itself.
 */
@Timeout(600)
class ViewOracleTest {
  private static final int ROUNDS = Integer.getInteger("millrace.sql.rounds", 8);
  private static final int VIEWS = Integer.getInteger("millrace.sql.views", 25);

  /** Of all views of a round. */
  private static final int QUERIES = Integer.getInteger("millrace.sql.queries", 125);

  private static final int EVENTS = 500;

  /** How a problem begins that is one of an answer, not a failure. */
  private static final String OTHER_ANSWER = "answered ";

  /** Any of a visitor's sessions can be joined: which are forgotten is tested elsewhere. */
  private static final SessionConfig SESSIONS =
      new SessionConfig(Duration.ofMinutes(30), Duration.ofMinutes(5), 1_000);

  private static final SqlLimits LIMITS =
      new SqlLimits(100_000, 10_000_000, 1_000_000, Duration.ofMinutes(1));

  @Test
  void viewsSayWhatADatabaseSaysThatHasTheEvents(@TempDir Path folder) throws SQLException {
    long seed = Long.getLong("millrace.sql.seed", System.nanoTime());
    System.out.printf(
        "ViewOracleTest: %d queries of %d views; repeat with -Dmillrace.sql.seed=%d%n",
        ROUNDS * QUERIES, ROUNDS * VIEWS, seed);
    List<String> problems = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      // As the seed of the first round, it repeats this one.
      var chance = new Chance(new Random(seed + round));
      for (String problem : problemsOf(chance, VIEWS, folder.resolve("round-" + round), 0)) {
        problems.add("seed " + (seed + round) + ": " + problem);
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void oneEventThatIsMissingIsFound(@TempDir Path folder) throws SQLException {
    assertThat(problemsOf(new Chance(new Random(1)), 3, folder.resolve("all"), 0)).isEmpty();
    assertThat(problemsOf(new Chance(new Random(1)), 3, folder.resolve("one-less"), 1))
        .anyMatch(problem -> problem.startsWith(OTHER_ANSWER));
  }

  /**
   * Where the answers are others than those of the database.
   *
   * @param forgotten so many counted events the database is not told
   */
  private static List<String> problemsOf(Chance chance, int count, Path folder, int forgotten)
      throws SQLException {
    List<RandomView> views =
        Stream.iterate(0, i -> i + 1)
            .limit(count)
            .map(i -> RandomView.of("v" + i, chance))
            .toList();
    List<ViewPlan> plans = views.stream().map(view -> compiled(view.statement())).toList();
    try (var topology =
        new DrivenTopology(folder, plans, SESSIONS, new FieldEnricher(), RandomClicks.BEGIN)) {
      List<ClickEvent> clicks = new RandomClicks(chance).some(EVENTS);
      clicks.forEach(topology::send);
      topology.send(
          "no event".getBytes(StandardCharsets.UTF_8), RandomClicks.BEGIN.plusSeconds(60));
      var catalog = new ViewCatalog(plans);
      var queries =
          new SqlQueries(
              () -> catalog,
              topology,
              () -> RandomClicks.SITES,
              () -> RandomClicks.BEGIN.plus(Duration.ofDays(2)),
              LIMITS);
      List<DrivenTopology.Judged> judged = topology.judged();
      assertThat(judged).hasSize(EVENTS + 1);
      return problemsOf(chance, views, judged.subList(forgotten, judged.size()), queries);
    }
  }

  private static ViewPlan compiled(String statement) {
    try {
      return ViewCompiler.compile(statement);
    } catch (RuntimeException refused) {
      throw new AssertionError(refused.getMessage() + ": " + statement, refused);
    }
  }

  private static List<String> problemsOf(
      Chance chance, List<RandomView> views, List<DrivenTopology.Judged> judged, SqlQueries queries)
      throws SQLException {
    try (var database = new FactDatabase(judged)) {
      List<Asked> asked = new ArrayList<>();
      for (RandomView view : views) {
        database.make(view);
      }
      for (int i = 0; i < QUERIES; i++) {
        RandomView view = views.get(i % views.size());
        asked.add(new Asked(view, RandomQuestion.of(view, chance)));
      }
      // Nearly all of the time is that of planning queries.
      return asked.parallelStream()
          .map(each -> each.problem(queries, database))
          .filter(problem -> !problem.isEmpty())
          .toList();
    }
  }

  /** A query of a view. */
  private record Asked(RandomView view, RandomQuestion question) {
    String problem(SqlQueries queries, FactDatabase database) {
      try {
        String problem = ViewOracleTest.problem(question, queries, database);
        return problem.isEmpty() ? "" : problem + "\n" + view.statement() + "\n" + view.table();
      } catch (SQLException | RuntimeException failure) {
        return failure + "\n" + question.view() + "\n" + view.statement();
      }
    }
  }

  private static String problem(RandomQuestion question, SqlQueries queries, FactDatabase database)
      throws SQLException {
    List<Row> answered =
        Row.sorted(queries.answer(question.view(), queries.maxRows()).rows(), question);
    List<Row> expected = Row.sorted(database.rows(question.database()), question);
    if (!answered.stream()
        .map(Row::exact)
        .toList()
        .equals(expected.stream().map(Row::exact).toList())) {
      return difference(answered, expected) + "\n" + question.view() + "\n" + question.database();
    }
    for (int i = 0; i < answered.size(); i++) {
      String problem =
          Sketches.problem(question.sketch(), answered.get(i).last(), expected.get(i).last());
      if (!problem.isEmpty()) {
        return problem + " at " + answered.get(i).exact() + "\n" + question.view();
      }
    }
    return "";
  }

  private static String difference(List<Row> answered, List<Row> expected) {
    List<String> surplus = new ArrayList<>(answered.stream().map(Row::exact).toList());
    List<String> missing = new ArrayList<>(expected.stream().map(Row::exact).toList());
    missing.removeAll(answered.stream().map(Row::exact).toList());
    surplus.removeAll(expected.stream().map(Row::exact).toList());
    return OTHER_ANSWER
        + surplus.stream().limit(3).toList()
        + " instead of "
        + missing.stream().limit(3).toList();
  }

  /**
   * A row.
   *
   * @param exact all columns of which both sides say the same, as text
   * @param last the last column
   */
  private record Row(String exact, @Nullable Object last) {
    private static final int DIGITS = 9;

    static List<Row> sorted(List<List<Object>> rows, RandomQuestion question) {
      int sketches = question.sketch().isSketch() ? 1 : 0;
      return rows.stream()
          .map(row -> new Row(text(row.subList(0, row.size() - sketches)), row.getLast()))
          .sorted(Comparator.comparing(Row::exact))
          .toList();
    }

    private static String text(List<Object> values) {
      var text = new StringBuilder();
      values.forEach(value -> text.append(normal(value)).append(" | "));
      return text.toString();
    }

    /** Numbers by what they are worth; those with a point by so many digits. */
    private static String normal(@Nullable Object value) {
      return switch (value) {
        case null -> "NULL";
        case Double real -> plain(BigDecimal.valueOf(real).round(new MathContext(DIGITS)));
        case BigInteger whole -> whole.toString();
        case Number number -> plain(new BigDecimal(number.toString()));
        default -> value.toString();
      };
    }

    private static String plain(BigDecimal number) {
      return number.stripTrailingZeros().toPlainString();
    }
  }
}
