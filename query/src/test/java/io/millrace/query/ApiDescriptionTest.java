package io.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.query.answer.AggregateKind;
import io.millrace.query.answer.QuestionParser;
import io.millrace.query.testing.EventStream;
import io.millrace.query.testing.QueryServer;
import io.millrace.views.Dimension;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDescriptionTest {
  private final QueryServer server = new QueryServer();
  private final JsonNode document = server.json("/api/v1/openapi.json");

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void describesEveryRouteOfTheInterface() {
    assertThat(document.path("openapi").asText()).startsWith("3.1");
    for (Route route : server.service.routes()) {
      String method = route.method().name().toLowerCase(Locale.ROOT);
      assertThat(document.path("paths").path(QueryService.ROOT + route.path()).has(method))
          .as(route.path())
          .isTrue();
    }
    assertThat(document.path("paths").properties().stream())
        .filteredOn(path -> path.getKey().startsWith(QueryService.ROOT))
        .hasSize(server.service.routes().size() + 2);
    assertThat(document.path("paths").has("/api/v1/audit")).isTrue();
    assertThat(document.path("paths").has("/api/v1/instances")).isTrue();
  }

  @Test
  void describesTheParametersOfViews() {
    JsonNode parameters = document.path("paths").path("/api/v1/views/{view}").at("/get/parameters");
    Set<String> expected = new HashSet<>(QuestionParser.PARAMETERS);
    expected.add("view");
    ViewCatalog.builtIn().plans().stream()
        .flatMap(plan -> plan.groupDimensions().stream())
        .map(Dimension::label)
        .forEach(expected::add);

    assertThat(textsOf(parameters, "name")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(texts(parameters.at("/0/schema/enum")))
        .containsExactlyElementsOf(
            ViewCatalog.builtIn().plans().stream().map(ViewPlan::name).toList());
  }

  @Test
  void namesTheValuesThatTheCodeHas() {
    JsonNode schemas = document.at("/components/schemas");

    assertThat(texts(schemas.at("/AggregateKind/enum")))
        .containsExactlyElementsOf(
            Arrays.stream(AggregateKind.values()).map(AggregateKind::label).toList());
    assertThat(texts(schemas.at("/EventType/enum")))
        .containsExactlyElementsOf(
            Arrays.stream(EventType.values()).map(EventType::label).toList());
    assertThat(texts(schemas.at("/Outcomes/required")))
        .containsExactlyElementsOf(Arrays.stream(Outcome.values()).map(Outcome::label).toList());
  }

  @Test
  void refersOnlyToWhatItHas() {
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }

  @Test
  void describesWhatAnswersHave() {
    JsonNode schemas = document.at("/components/schemas");

    assertThat(names(server.json("/api/v1/views/traffic?site=demo")))
        .containsExactlyElementsOf(ofAWholeAnswer(schemas.at("/ViewAnswer/properties")));
    assertThat(names(server.json("/api/v1/views").at("/views/0")))
        .containsExactlyElementsOf(names(schemas.at("/View/properties")));
    assertThat(names(QueryServer.parse(sql("VALUES 1").body())))
        .containsExactlyElementsOf(ofAWholeAnswer(schemas.at("/SqlAnswer/properties")));
    try (EventStream stream = EventStream.follow(server, "demo")) {
      assertThat(names(stream.next("snapshot")))
          .containsExactlyElementsOf(ofAWholeAnswer(schemas.at("/Snapshot/properties")));
    }
  }

  /** Without the fields that only an answer has which lacks something. */
  private static List<String> ofAWholeAnswer(JsonNode properties) {
    List<String> names = new ArrayList<>(names(properties));
    assertThat(names).contains("stale_partitions", "missing_partitions");
    names.removeAll(List.of("stale_partitions", "missing_partitions"));
    return names;
  }

  @Test
  void describesWhatErrorsHave() {
    JsonNode detail = document.at("/components/schemas/ErrorDetail");
    JsonNode ofAField = error("/api/v1/views/pages");
    JsonNode ofAPlace = QueryServer.parse(sql("SELECT").body()).path("error");
    JsonNode ofNone = error("/api/v1/views/nothing?site=demo");

    List<String> all = new ArrayList<>(names(ofAField));
    all.addAll(names(ofAPlace).subList(2, 4));

    assertThat(all).containsExactlyElementsOf(names(detail.path("properties")));
    assertThat(names(ofNone)).containsExactlyElementsOf(texts(detail.path("required")));
  }

  @Test
  void describesTheOtherMethodsOfEveryPath() {
    for (var path : document.path("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        assertThat(operation.path("responses").has("405")).as(path.getKey()).isTrue();
      }
    }
  }

  private HttpResponse<String> sql(String query) {
    return server.send(
        server
            .request("/api/v1/sql")
            .header("Content-Type", "application/sql")
            .POST(BodyPublishers.ofString(query)));
  }

  private JsonNode error(String path) {
    return QueryServer.parse(server.get(path).body()).path("error");
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> textsOf(JsonNode array, String field) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.path(field).asText()));
    return texts;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
