package io.millrace.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.views.Dimension;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * The OpenAPI document of the whole HTTP surface: a resource written by hand, completed with the
 * views and limits of this process.
 */
final class ApiDescription {
  private static final String RESOURCE = "openapi.json";
  private static final String VIEW_PARAMETERS = "/paths/~1api~1v1~1views~1{view}/get/parameters";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiDescription() {}

  static byte[] of(ViewCatalog catalog, QueryConfig config) {
    try (InputStream resource = ApiDescription.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      JsonNode document = JSON.readTree(resource);
      if (!(document.at(VIEW_PARAMETERS) instanceof ArrayNode parameters)) {
        throw new IllegalStateException(RESOURCE + " has no parameters of views");
      }
      complete(parameters, catalog.plans(), config);
      return JSON.writeValueAsBytes(document);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + RESOURCE, failure);
    }
  }

  private static void complete(ArrayNode parameters, List<ViewPlan> plans, QueryConfig config) {
    ArrayNode names = schema(parameters, "view").putArray("enum");
    plans.forEach(plan -> names.add(plan.name()));
    schema(parameters, "top").put("maximum", config.maxRows());
    schema(parameters, "limit").put("maximum", config.maxRows());
    schema(parameters, "offset").put("maximum", config.maxRows());
    plans.stream()
        .flatMap(plan -> plan.groupDimensions().stream())
        .map(Dimension::label)
        .distinct()
        .sorted()
        .forEach(dimension -> addFilter(parameters, dimension, plans));
  }

  private static ObjectNode schema(ArrayNode parameters, String name) {
    for (JsonNode parameter : parameters) {
      if (parameter.path("name").asText().equals(name)
          && parameter.path("schema") instanceof ObjectNode schema) {
        return schema;
      }
    }
    throw new IllegalStateException(RESOURCE + " has no schema of the parameter " + name);
  }

  private static Predicate<Dimension> has(String label) {
    return dimension -> dimension.label().equals(label);
  }

  private static void addFilter(ArrayNode parameters, String dimension, List<ViewPlan> plans) {
    List<String> views =
        plans.stream()
            .filter(plan -> plan.groupDimensions().stream().anyMatch(has(dimension)))
            .map(ViewPlan::name)
            .toList();
    ObjectNode filter = parameters.addObject();
    filter.put("name", dimension);
    filter.put("in", "query");
    filter.put("description", "Only groups with this value; of " + String.join(", ", views));
    ObjectNode schema = filter.putObject("schema");
    schema.put("type", "array");
    schema.putObject("items").put("type", "string");
    filter.put("style", "form");
    filter.put("explode", true);
  }
}
