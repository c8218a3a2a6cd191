package io.millrace.server.drill.read;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.server.drill.proof.AnsweredCell;
import io.millrace.views.BuiltInViews;
import io.millrace.views.Dimension;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewPlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All cells of the built-in views that are of certain sites, as anyone is answered who asks for
 * them. For one thread.
 */
public final class ViewAnswers implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** What an answer says of itself that was read from the processors that have the cells. */
  private static final String COMPLETE = "complete";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Of all partitions, and so of no site; the books have a check of their own. */
  private static final String BOOKS = "books";

  private static final String URLS = "url_click_counts";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Which cells are compared: those of the sites, and those of the pages on their hosts. */
  public static boolean isOf(CellKey key, Collection<String> sites, Collection<String> hosts) {
    return key.view().equals(URLS)
        ? hosts.contains(URI.create(key.dimensions().getFirst()).getHost())
        : sites.contains(key.site());
  }

  /**
   * Asks for all of them; each row of an answer is told, also one of a cell that had one before.
   *
   * @param target whom to ask
   * @param hosts of the pages of the sites
   * @throws IOException when an answer is not whole
   */
  public List<AnsweredCell> read(URI target, Collection<String> sites, Collection<String> hosts)
      throws IOException, InterruptedException {
    var rows = new ArrayList<AnsweredCell>();
    for (ViewPlan plan : BuiltInViews.all()) {
      if (!plan.name().equals(BOOKS)) {
        for (Grain grain : plan.grains()) {
          for (String site : plan.isPerSite() ? sites : List.of("")) {
            read(target, plan, grain, site, rows);
          }
        }
      }
    }
    rows.removeIf(row -> !isOf(row.key(), sites, hosts));
    return rows;
  }

  private void read(URI target, ViewPlan plan, Grain grain, String site, List<AnsweredCell> rows)
      throws IOException, InterruptedException {
    String path =
        "/api/v1/views/%s?limit=10000&grain=%s%s"
            .formatted(
                plan.name(),
                grain == Grain.ALL ? "total" : grain.name().toLowerCase(Locale.ROOT),
                site.isEmpty() ? "" : "&site=" + site);
    HttpRequest request = HttpRequest.newBuilder(target.resolve(path)).timeout(TIMEOUT).build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(target + " answered " + response.statusCode() + " to " + path);
    }
    JsonNode answer = JSON.readTree(response.body());
    if (answer.path("truncated").asBoolean() || !answer.path("cells").asText().equals(COMPLETE)) {
      throw new IOException("the answer of " + target + " to " + path + " is not whole");
    }
    for (JsonNode row : answer.path("rows")) {
      rows.add(new AnsweredCell(key(plan, grain, site, row), values(plan, row)));
    }
  }

  private static CellKey key(ViewPlan plan, Grain grain, String site, JsonNode row) {
    List<String> group =
        plan.groupDimensions().stream()
            .map(Dimension::label)
            .map(label -> row.path(label).asText())
            .toList();
    long window = row.has("time") ? Instant.parse(row.path("time").asText()).toEpochMilli() : 0;
    return new CellKey(plan.name(), grain, site, window, group);
  }

  private static Map<String, BigDecimal> values(ViewPlan plan, JsonNode row) {
    var values = new HashMap<String, BigDecimal>();
    for (ReadColumn column : plan.readColumns()) {
      JsonNode value = row.path(column.name());
      if (value.isNumber()) {
        values.put(column.name(), value.decimalValue());
      }
    }
    return values;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
