package io.millrace.views;

import io.millrace.model.Outcome;
import io.millrace.model.cell.Grain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The views that every installation keeps. What they are is said in SQL, in examples/views, one
 * file each; the plans that this comes to are kept beside the classes, so that no start waits for
 * the compiler. A test holds the two together.
 */
public final class BuiltInViews {
  public static final String TRAFFIC = "traffic";
  public static final String OUTCOMES = "outcomes";
  public static final String URL_CLICK_COUNTS = "url_click_counts";
  public static final String SESSION_TOTALS = "session_totals";

  /** The account of each partition of click-events; see {@link Books}. */
  public static final String BOOKS = "books";

  /** Where the plans are, among the resources of this package. */
  static final String PLANS = "builtin.plans";

  private static final Filter EVERYTHING = new Filter.Everything();
  private static final List<ViewPlan> ALL =
      Stream.concat(PlanText.read(resource(PLANS).orElseThrow()).stream(), Stream.of(books()))
          .toList();

  private BuiltInViews() {}

  /** All of them, in the order in which people are told of them. */
  public static List<ViewPlan> all() {
    return ALL;
  }

  /** The statement that defines one of them; none does the books, and none a view of others. */
  public static Optional<String> statement(String view) {
    return ALL.stream().anyMatch(plan -> plan.name().equals(view))
        ? resource("builtin/" + view + ".sql")
        : Optional.empty();
  }

  private static Optional<String> resource(String name) {
    try (InputStream file = BuiltInViews.class.getResourceAsStream(name)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** No question about events but the account of the log, so no statement can be about it. */
  private static ViewPlan books() {
    var aggregates = new ArrayList<Aggregate>();
    aggregates.add(new Aggregate.MaxOf("accounted_through", EVERYTHING, Field.OFFSET_THROUGH));
    aggregates.add(new Aggregate.MaxOf("received_through", EVERYTHING, Field.RECEIVED_TIME));
    aggregates.add(new Aggregate.SumOf("offset_sum", EVERYTHING, Field.OFFSET));
    for (Outcome outcome : Outcome.values()) {
      aggregates.add(new Aggregate.Count(outcome.label(), new Filter.HasOutcome(outcome)));
    }
    return new ViewPlan(
        BOOKS,
        EVERYTHING,
        List.of(Field.PARTITION, Field.ROLLUP_PARTITION),
        EnumSet.of(Grain.ALL),
        aggregates,
        Optional.empty());
  }
}
