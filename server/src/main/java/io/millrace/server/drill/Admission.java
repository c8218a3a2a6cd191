package io.millrace.server.drill;

import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.server.cluster.ClusterProcess;
import io.millrace.server.cluster.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes the sites of a drill known, and waits until every collector knows them. */
final class Admission {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int UNAUTHORIZED = 401;

  private Admission() {}

  /** Gives each site a key, with which events of any agent may be written. */
  static Map<String, String> admit(LocalCluster cluster, List<String> sites)
      throws InterruptedException {
    Map<String, String> keys = new HashMap<>();
    for (String site : sites) {
      String key = "drill-" + UUID.randomUUID();
      cluster.admit(new SiteId(site), site, key, EnumSet.of(Permission.ON_BEHALF));
      keys.put(site, key);
    }
    List<URI> collectors = cluster.collectors().stream().map(ClusterProcess::url).toList();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      for (URI collector : collectors) {
        for (String key : keys.values()) {
          Waiting.require(
              Scene.PATIENCE,
              "the collector " + collector + " knows a key",
              () -> isKnown(client, collector, key));
        }
      }
    }
    return keys;
  }

  /** Events without a URL are refused, but not for their key. */
  private static boolean isKnown(HttpClient client, URI collector, String key) {
    HttpRequest request =
        HttpRequest.newBuilder(collector.resolve("/v1/events"))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"page\"}"))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status < 500 && status != UNAUTHORIZED;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
