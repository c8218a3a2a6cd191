package io.millrace.server.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The instances as a table: one line for each, and whether all cells can be read.
 *
 * <pre>
 *   instance        roles             state    active  copies          version
 *   127.0.0.1:8080  processor, query  present  0-2     3 (0 behind)    0.1
 * </pre>
 *
 * @param partitions how many partitions of cells there are
 * @param unclaimed those that nobody works on
 */
public record InstancesReport(int partitions, List<Integer> unclaimed, List<Line> lines) {

  public InstancesReport {
    unclaimed = List.copyOf(unclaimed);
    lines = List.copyOf(lines);
  }

  /** One instance, in words. */
  record Line(
      String name, String roles, String state, String active, String copies, String version) {}

  static InstancesReport of(JsonNode answer) {
    var lines = new ArrayList<Line>();
    answer.path("instances").forEach(instance -> lines.add(line(instance)));
    return new InstancesReport(
        answer.path("partitions").asInt(), numbers(answer.path("without_processor")), lines);
  }

  private static Line line(JsonNode instance) {
    var roles = new ArrayList<String>();
    instance.path("roles").forEach(role -> roles.add(role.asText()));
    var copies = new ArrayList<String>();
    instance.path("copies").forEach(copy -> copies.add(copy(copy)));
    return new Line(
        instance.path("name").asText(),
        String.join(", ", roles),
        instance.path("away").asBoolean()
            ? String.format(
                Locale.ROOT, "away for %.0f s", instance.path("heard_seconds_ago").asDouble())
            : "present",
        ranges(numbers(instance.path("active"))),
        String.join(", ", copies),
        instance.path("version").asText());
  }

  private static String copy(JsonNode copy) {
    String partition = copy.path("partition").asText();
    return copy.path("lag_records").asLong() == 0
        ? partition
        : String.format(
            Locale.ROOT, "%s (%,d behind)", partition, copy.path("lag_records").asLong());
  }

  private static List<Integer> numbers(JsonNode array) {
    var numbers = new ArrayList<Integer>();
    array.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }

  /** Such as {@code 0-3, 5}. */
  static String ranges(List<Integer> ascending) {
    var ranges = new ArrayList<String>();
    int i = 0;
    while (i < ascending.size()) {
      int last = i;
      while (last + 1 < ascending.size() && ascending.get(last + 1) == ascending.get(last) + 1) {
        last++;
      }
      ranges.add(
          last == i
              ? String.valueOf(ascending.get(i))
              : ascending.get(i) + "-" + ascending.get(last));
      i = last + 1;
    }
    return String.join(", ", ranges);
  }

  /** Whether somebody works on each partition. */
  public boolean isWhole() {
    return unclaimed.isEmpty();
  }

  /** The table and the verdict, several lines, each with its line end. */
  public String render() {
    var table = new TextTable();
    table.row("instance", "roles", "state", "active", "copies", "version");
    for (Line line : lines) {
      table.row(
          line.name(), line.roles(), line.state(), line.active(), line.copies(), line.version());
    }
    return table.render() + '\n' + verdict() + '\n';
  }

  /** One line that says whether all cells can be read. */
  public String verdict() {
    return isWhole()
        ? "whole: each of " + partitions + " partitions of cells is worked on"
        : "NOT WHOLE: nobody works on the partitions "
            + unclaimed.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
