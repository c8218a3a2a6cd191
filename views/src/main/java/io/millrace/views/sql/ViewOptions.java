package io.millrace.views.sql;

import io.millrace.model.cell.Grain;
import io.millrace.model.control.ViewStart;
import io.millrace.model.control.ViewSwap;
import io.millrace.views.GrainRetention;
import io.millrace.views.sql.ViewDefinition.Option;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of a view.
 *
 * <pre>
 *   topic = 'url-click-counts'      each changed cell is written there too
 *   grains = 'minute, hour, day'    which windows are kept; those of the query are the shortest
 *   keep_minutes = '7 days'         how long; 'for ever' too
 *   keep_hours = '90 days'
 *   start = 'now'                   without the past; 'earliest' is what there is otherwise
 *   swap = 'when told'              waits beside its predecessor, so that both can be compared
 *   groups = 'few'                  though a group is of what can have any number of values
 * </pre>
 */
final class ViewOptions {
  private static final String TOPIC = "topic";
  private static final String GRAINS = "grains";
  private static final String START = "start";
  private static final String SWAP = "swap";
  private static final String GROUPS = "groups";
  private static final Map<String, Grain> KEPT =
      Map.of("keep_minutes", Grain.MINUTE, "keep_hours", Grain.HOUR, "keep_days", Grain.DAY);
  static final List<String> ALL =
      List.of(TOPIC, GRAINS, "keep_minutes", "keep_hours", "keep_days", START, SWAP, GROUPS);
  private static final Pattern TOPIC_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4}) days?");
  private static final String FOR_EVER = "for ever";

  private final Map<String, Option> options;

  ViewOptions(Map<String, Option> options) {
    this.options = options;
    options.forEach(
        (name, option) -> {
          if (!ALL.contains(name)) {
            throw new SqlException(
                option.position(),
                "there is no option "
                    + Tokens.shortened(name)
                    + "; there are "
                    + String.join(", ", ALL));
          }
        });
  }

  ViewStart start() {
    return oneOf(START, Map.of("earliest", ViewStart.EARLIEST, "now", ViewStart.NOW))
        .orElse(ViewStart.EARLIEST);
  }

  ViewSwap swap() {
    return oneOf(SWAP, Map.of("when whole", ViewSwap.WHEN_WHOLE, "when told", ViewSwap.WHEN_TOLD))
        .orElse(ViewSwap.WHEN_WHOLE);
  }

  private <T> Optional<T> oneOf(String name, Map<String, T> values) {
    Option option = options.get(name);
    if (option == null) {
      return Optional.empty();
    }
    T value = values.get(option.value().strip().toLowerCase(Locale.ROOT));
    if (value == null) {
      throw wrong(name, option, "'" + String.join("' or '", new TreeSet<>(values.keySet())) + "'");
    }
    return Optional.of(value);
  }

  Optional<String> topic() {
    Option option = options.get(TOPIC);
    if (option == null) {
      return Optional.empty();
    }
    if (!TOPIC_NAME.matcher(option.value()).matches()) {
      throw wrong(TOPIC, option, "1 to 100 of a-z, 0-9, dot, underscore and hyphen");
    }
    return Optional.of(option.value());
  }

  /**
   * Which windows are kept.
   *
   * @param finest those of the query
   */
  Set<Grain> grains(Grain finest) {
    Option option = options.get(GRAINS);
    if (option == null) {
      return finest == Grain.ALL
          ? EnumSet.of(Grain.ALL)
          : EnumSet.copyOf(
              Arrays.stream(Grain.values())
                  .filter(grain -> grain != Grain.ALL)
                  .filter(grain -> Grain.BY_LENGTH.compare(grain, finest) >= 0)
                  .toList());
    }
    var grains = EnumSet.noneOf(Grain.class);
    for (String label : option.value().split(",", -1)) {
      grains.add(grain(label.strip().toLowerCase(Locale.ROOT), option));
    }
    if (!grains.contains(finest)
        || grains.stream().anyMatch(grain -> Grain.BY_LENGTH.compare(grain, finest) < 0)) {
      throw wrong(
          GRAINS, option, "the windows of the query, " + finest.label() + ", and longer ones");
    }
    return grains;
  }

  private static Grain grain(String label, Option option) {
    return Arrays.stream(Grain.values())
        .filter(grain -> grain.label().equals(label))
        .findFirst()
        .orElseThrow(() -> wrong(GRAINS, option, "minute, hour and day with commas between them"));
  }

  /** Whether whoever wrote the view knows that its groups are few. */
  boolean hasFewGroups() {
    Option option = options.get(GROUPS);
    if (option != null && !option.value().equals("few")) {
      throw wrong(GROUPS, option, "'few'");
    }
    return option != null;
  }

  GrainRetention retention() {
    GrainRetention retention = GrainRetention.DEFAULT;
    for (var kept : KEPT.entrySet()) {
      Option option = options.get(kept.getKey());
      if (option != null) {
        retention =
            option.value().equalsIgnoreCase(FOR_EVER)
                ? retention.without(kept.getValue())
                : retention.with(kept.getValue(), days(kept.getKey(), option));
      }
    }
    return retention;
  }

  private static Duration days(String name, Option option) {
    Matcher days = DAYS.matcher(option.value().strip().toLowerCase(Locale.ROOT));
    if (!days.matches()) {
      throw wrong(name, option, "such as '30 days' or 'for ever'");
    }
    return Duration.ofDays(Long.parseLong(days.group(1)));
  }

  private static SqlException wrong(String name, Option option, String expected) {
    return new SqlException(
        option.position(),
        name + ": expected " + expected + ", got '" + Tokens.shortened(option.value()) + "'");
  }
}
