package io.millrace.server.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a view has, as the query API tells it.
 *
 * @param hasWindows whether it is kept by window, and not as totals alone
 */
public record ViewOutline(
    String name,
    boolean isPerSite,
    boolean hasWindows,
    List<String> dimensions,
    List<AggregateOutline> aggregates) {

  private static final String TOTAL = "total";

  public ViewOutline {
    dimensions = List.copyOf(dimensions);
    aggregates = List.copyOf(aggregates);
  }

  /**
   * An aggregate of a view.
   *
   * @param kind such as {@code count} or {@code distinct}
   */
  public record AggregateOutline(String name, String kind) {}

  /** Understands the answer of {@code GET /api/v1/views}. */
  static List<ViewOutline> allOf(JsonNode answer) {
    var views = new ArrayList<ViewOutline>();
    answer.path("views").forEach(view -> views.add(of(view)));
    return views;
  }

  private static ViewOutline of(JsonNode view) {
    var dimensions = new ArrayList<String>();
    view.path("dimensions").forEach(each -> dimensions.add(each.asText()));
    var aggregates = new ArrayList<AggregateOutline>();
    view.path("aggregates")
        .forEach(
            each ->
                aggregates.add(
                    new AggregateOutline(each.path("name").asText(), each.path("kind").asText())));
    boolean hasWindows = false;
    for (JsonNode grain : view.path("grains")) {
      hasWindows |= !grain.asText().equals(TOTAL);
    }
    return new ViewOutline(
        view.path("name").asText(),
        view.path("per_site").asBoolean(),
        hasWindows,
        dimensions,
        aggregates);
  }
}
