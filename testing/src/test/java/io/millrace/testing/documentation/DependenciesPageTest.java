package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** All that is shipped is under a licence that the page allows. */
class DependenciesPageTest {
  private static final Path LIST = Path.of("..", "server", "target", "sbom", "millrace-sbom.json");
  private static final Path PAGE = Path.of("..", "docs", "operations", "dependencies.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  @Test
  void everyLibraryHasALicenceOfThePage() throws IOException {
    JsonNode components = components();
    Set<String> allowed = allowed();
    var others = new TreeMap<String, Set<String>>();
    var used = new TreeSet<String>();
    for (JsonNode component : components) {
      Set<String> licences = licences(component);
      used.addAll(licences);
      if (licences.stream().noneMatch(allowed::contains)) {
        others.put(component.path("purl").asText(), licences);
      }
    }

    assertThat(components.size()).isGreaterThan(50);
    assertThat(others).as("under licences that " + PAGE + " does not allow").isEmpty();
    assertThat(used).as("a licence of the page that nothing is under").containsAll(allowed);
  }

  @Test
  void everyLibraryHasAVersionAndAChecksum() throws IOException {
    for (JsonNode component : components()) {
      assertThat(component.path("version").asText()).as(component.toString()).isNotEmpty();
      if (!component.path("group").asText().equals("io.millrace")) {
        assertThat(component.path("hashes").size()).as(component.toString()).isPositive();
      }
    }
  }

  /** A list that only names forbidden things passes no one. */
  @Test
  void aLicenceThatIsNotOnThePageIsFound() throws IOException {
    JsonNode component =
        new ObjectMapper()
            .readTree(
                "{\"licenses\":[{\"license\":{\"id\":\"AGPL-3.0-only\"}},{\"expression\":\"SSPL-1.0\"}]}");

    assertThat(licences(component)).containsExactly("AGPL-3.0-only", "SSPL-1.0");
    assertThat(allowed()).isNotEmpty().doesNotContainAnyElementsOf(licences(component));
  }

  private static JsonNode components() throws IOException {
    boolean isThere = Files.exists(LIST);
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(isThere).as("the list is made with the package; run mvn verify").isTrue();
    }
    assertThat(isThere).as(LIST + " was made by the build").isTrue();
    return new ObjectMapper().readTree(LIST.toFile()).path("components");
  }

  private static Set<String> allowed() throws IOException {
    var names = new TreeSet<String>();
    ROW.matcher(Files.readString(PAGE)).results().forEach(row -> names.add(row.group(1)));
    return names;
  }

  /** By their SPDX ids, or the names that their makers gave them. */
  private static Set<String> licences(JsonNode component) {
    var licences = new TreeSet<String>();
    for (JsonNode each : component.path("licenses")) {
      JsonNode licence = each.path("license");
      String expression = each.path("expression").asText();
      if (expression.isEmpty()) {
        licences.add(licence.path("id").asText(licence.path("name").asText()));
      } else {
        licences.addAll(Set.of(expression.replaceAll("[()]", "").split(" (?:OR|AND|WITH) ", -1)));
      }
    }
    return licences;
  }
}
