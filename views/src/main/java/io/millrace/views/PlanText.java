package io.millrace.views;

import io.millrace.model.Outcome;
import io.millrace.model.cell.Grain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans as text, one after the other, so that those of the built-in views are there without what
 * compiles their statements: loading Calcite takes longer than all else at the start but Kafka.
 *
 * <pre>
 *   view pages
 *     of clicks
 *     where outcome counted
 *     by site
 *     by path
 *     per minute
 *     keep minute PT168H
 *     count events
 *     count page_views
 *       if type is page
 *     distinct visitors visitor
 * </pre>
 *
 * It has what the built-in views need: nothing that is computed, no quantiles and no rankings.
 */
final class PlanText {
  private PlanText() {}

  /**
   * The text of plans.
   *
   * @throws IllegalArgumentException for a plan of which something has no words here
   */
  static String write(List<ViewPlan> plans) {
    var text = new StringBuilder();
    plans.forEach(plan -> write(plan, text));
    return text.toString();
  }

  private static void write(ViewPlan plan, StringBuilder text) {
    text.append("view ").append(plan.name()).append('\n');
    line(text, "of " + plan.source().name().toLowerCase(Locale.ROOT));
    plan.topic().ifPresent(topic -> line(text, "topic " + topic));
    conditions(plan.filter()).forEach(condition -> line(text, "where " + condition));
    plan.dimensions().forEach(dimension -> line(text, "by " + field(dimension).label()));
    Arrays.stream(Grain.values())
        .filter(plan.grains()::contains)
        .forEach(grain -> line(text, "per " + grain.label()));
    new EnumMap<>(plan.retention().periods())
        .forEach((grain, period) -> line(text, "keep " + grain.label() + " " + period));
    for (Aggregate aggregate : plan.aggregates()) {
      line(text, words(aggregate));
      conditions(aggregate.filter()).forEach(condition -> line(text, "  if " + condition));
    }
  }

  private static void line(StringBuilder text, String words) {
    text.append("  ").append(words).append('\n');
  }

  private static List<String> conditions(Filter filter) {
    return switch (filter) {
      case Filter.Everything() -> List.of();
      case Filter.All(List<Filter> filters) -> filters.stream().map(PlanText::condition).toList();
      default -> List.of(condition(filter));
    };
  }

  private static String condition(Filter filter) {
    return switch (filter) {
      case Filter.HasOutcome(Outcome outcome) -> "outcome " + outcome.label();
      case Filter.Is(Field field, String value) -> field.label() + " is " + oneLine(value);
      case Filter.IsNot(Field field, String value) -> field.label() + " isnot " + oneLine(value);
      default -> throw unwritable(filter.label());
    };
  }

  private static String oneLine(String value) {
    if (value.lines().count() > 1) {
      throw unwritable(value);
    }
    return value;
  }

  private static String words(Aggregate aggregate) {
    return switch (aggregate) {
      case Aggregate.Count(String name, Filter _) -> "count " + name;
      case Aggregate.SumOf(String name, Filter _, Measure measure) -> of("sum", name, measure);
      case Aggregate.MinOf(String name, Filter _, Measure measure) -> of("min", name, measure);
      case Aggregate.MaxOf(String name, Filter _, Measure measure) -> of("max", name, measure);
      case Aggregate.AvgOf(String name, Filter _, Measure measure) -> of("avg", name, measure);
      case Aggregate.DistinctOf(String name, Filter _, Dimension dimension) ->
          of("distinct", name, dimension);
      case Aggregate.QuantileOf _, Aggregate.TopOf _ -> throw unwritable(aggregate.name());
    };
  }

  private static String of(String kind, String name, FactPart part) {
    return kind + " " + name + " " + field(part).label();
  }

  private static Field field(FactPart part) {
    if (part instanceof Field field) {
      return field;
    }
    throw unwritable(part.label());
  }

  private static IllegalArgumentException unwritable(String what) {
    return new IllegalArgumentException("a plan as text cannot say: " + what);
  }

  /**
   * The plans of a text.
   *
   * @throws IllegalArgumentException where the text is not what {@link #write} makes
   */
  static List<ViewPlan> read(String text) {
    var plans = new ArrayList<ViewPlan>();
    Draft draft = null;
    for (String line : text.lines().toList()) {
      String[] words = line.strip().split(" ", 2);
      if (words[0].equals("view")) {
        if (draft != null) {
          plans.add(draft.plan());
        }
        draft = new Draft(words[1]);
      } else if (draft == null || words.length < 2) {
        throw new IllegalArgumentException("not a line of a plan: " + line);
      } else {
        draft.add(words[0], words[1]);
      }
    }
    if (draft != null) {
      plans.add(draft.plan());
    }
    return plans;
  }

  /** A plan of which not all lines have been read. */
  private static final class Draft {
    private final String name;
    private Source source = Source.CLICKS;
    private Optional<String> topic = Optional.empty();
    private final List<Filter> filters = new ArrayList<>();
    private final List<Dimension> dimensions = new ArrayList<>();
    private final Set<Grain> grains = EnumSet.noneOf(Grain.class);
    private final Map<Grain, Duration> periods = new EnumMap<>(Grain.class);
    private final List<AggregateLine> aggregates = new ArrayList<>();

    Draft(String name) {
      this.name = name;
    }

    void add(String key, String rest) {
      switch (key) {
        case "of" -> source = Source.valueOf(rest.toUpperCase(Locale.ROOT));
        case "topic" -> topic = Optional.of(rest);
        case "where" -> filters.add(filter(rest));
        case "by" -> dimensions.add(fieldLabelled(rest));
        case "per" -> grains.add(grain(rest));
        case "keep" -> {
          String[] words = rest.split(" ", 2);
          periods.put(grain(words[0]), Duration.parse(words[1]));
        }
        case "if" -> aggregates.getLast().filters().add(filter(rest));
        default -> aggregates.add(AggregateLine.of(key, rest));
      }
    }

    ViewPlan plan() {
      return new ViewPlan(
          name,
          source,
          Filter.all(filters),
          dimensions,
          grains,
          aggregates.stream().map(AggregateLine::aggregate).toList(),
          topic,
          new GrainRetention(periods));
    }
  }

  /**
   * An aggregate, and the conditions that follow it.
   *
   * @param field of what; nothing where it counts
   */
  private record AggregateLine(
      String kind, String name, Optional<Field> field, List<Filter> filters) {

    static AggregateLine of(String kind, String rest) {
      String[] words = rest.split(" ", 2);
      return new AggregateLine(
          kind,
          words[0],
          words.length < 2 ? Optional.empty() : Optional.of(fieldLabelled(words[1])),
          new ArrayList<>());
    }

    Aggregate aggregate() {
      Filter filter = Filter.all(filters);
      return switch (kind) {
        case "count" -> new Aggregate.Count(name, filter);
        case "sum" -> new Aggregate.SumOf(name, filter, field.orElseThrow());
        case "min" -> new Aggregate.MinOf(name, filter, field.orElseThrow());
        case "max" -> new Aggregate.MaxOf(name, filter, field.orElseThrow());
        case "avg" -> new Aggregate.AvgOf(name, filter, field.orElseThrow());
        case "distinct" -> new Aggregate.DistinctOf(name, filter, field.orElseThrow());
        default ->
            throw new IllegalArgumentException("a plan has no line that begins with " + kind);
      };
    }
  }

  private static Filter filter(String condition) {
    String[] words = condition.split(" ", 3);
    if (words[0].equals("outcome") && words.length == 2) {
      return new Filter.HasOutcome(Outcome.valueOf(words[1].toUpperCase(Locale.ROOT)));
    }
    String value = words.length < 3 ? "" : words[2];
    Field field = fieldLabelled(words[0]);
    return switch (words[1]) {
      case "is" -> new Filter.Is(field, value);
      case "isnot" -> new Filter.IsNot(field, value);
      default -> throw new IllegalArgumentException("not a condition of a plan: " + condition);
    };
  }

  private static Field fieldLabelled(String label) {
    return Field.valueOf(label.toUpperCase(Locale.ROOT));
  }

  private static Grain grain(String label) {
    return Grain.labelled(label)
        .orElseThrow(() -> new IllegalArgumentException("not a grain: " + label));
  }
}
