package io.millrace.server.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the views say of a site, as much as a report shows.
 *
 * @param problems what could not be asked, for a person; the lists are then empty
 */
public record SiteSummary(
    long events,
    long pageViews,
    long visitors,
    List<ViewRow> outcomes,
    List<ViewRow> pages,
    List<ViewRow> countries,
    List<ViewRow> referrers,
    List<String> problems) {

  /** How many rows of each list are asked for. */
  private static final int TOP = 10;

  public SiteSummary {
    outcomes = List.copyOf(outcomes);
    pages = List.copyOf(pages);
    countries = List.copyOf(countries);
    referrers = List.copyOf(referrers);
    problems = List.copyOf(problems);
  }

  /** Asks the views. */
  public static SiteSummary of(ViewClient client, String site) throws InterruptedException {
    var problems = new ArrayList<String>();
    List<ViewRow> traffic = rows(client.top("traffic", site, 1), problems);
    ViewRow total = traffic.isEmpty() ? new ViewRow(Map.of()) : traffic.getFirst();
    return new SiteSummary(
        total.number("events"),
        total.number("page_views"),
        total.number("visitors"),
        rows(client.top("outcomes", site, TOP), problems),
        rows(client.top("pages", site, TOP), problems),
        rows(client.top("countries", site, TOP), problems),
        rows(client.top("referrers", site, TOP), problems),
        problems);
  }

  private static List<ViewRow> rows(Reply<List<ViewRow>> reply, List<String> problems) {
    return switch (reply) {
      case Reply.Answered<List<ViewRow>>(List<ViewRow> rows) -> rows;
      case Reply.Unanswered<List<ViewRow>>(String reason) -> {
        problems.add(reason);
        yield List.of();
      }
    };
  }

  /** Several tables, for the terminal. */
  String render() {
    var text = new StringBuilder();
    text.append("\nIn the views\n")
        .append(
            new TextTable()
                .row("events", events)
                .row("page views", pageViews)
                .row("visitors, about", visitors)
                .render());
    section(text, "Outcomes", outcomes, "outcome", "reason");
    section(text, "Top pages", pages, "path");
    section(text, "Countries", countries, "country");
    section(text, "Referrers", referrers, "referrer_source", "referrer_medium");
    for (String problem : problems) {
      text.append("\nNot known: ").append(SafeText.of(problem, 200)).append('\n');
    }
    return text.toString();
  }

  private static void section(
      StringBuilder text, String title, List<ViewRow> rows, String... dimensions) {
    if (rows.isEmpty()) {
      return;
    }
    var table = new TextTable();
    for (ViewRow row : rows) {
      table.row(name(row, dimensions), row.number("events"));
    }
    text.append('\n').append(title).append('\n').append(table.render());
  }

  private static String name(ViewRow row, String... dimensions) {
    var parts = new ArrayList<String>();
    for (String dimension : dimensions) {
      if (!row.text(dimension).isEmpty()) {
        parts.add(row.text(dimension));
      }
    }
    return parts.isEmpty() ? "(unknown)" : String.join(", ", parts);
  }
}
