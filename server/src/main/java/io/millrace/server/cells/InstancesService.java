package io.millrace.server.cells;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.InstanceDirectory;
import io.millrace.model.instance.InstanceDirectory.Member;
import io.millrace.query.SecurityHeaders;
import io.millrace.query.access.Access;
import io.millrace.query.access.Right;
import io.millrace.server.security.Guard;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who is there, and who has which cells. Safe for any number of threads. */
public final class InstancesService implements HttpService {
  /** Where people ask. */
  public static final String PATH = "/api/v1/instances";

  private static final double NANOS = 1e9;

  private final InstanceDirectory directory;
  private final String self;
  private final int partitions;
  private final Access access;

  InstancesService(InstanceDirectory directory, String self, int partitions, Access access) {
    this.access = access;
    this.directory = directory;
    this.self = self;
    this.partitions = partitions;
  }

  @Override
  public void routing(HttpRules rules) {
    Handler answer = Guard.of(access, Right.OPERATE, this::answer);
    rules.get(PATH, answer).head(PATH, answer).any(PATH, InstancesService::refuse);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    byte[] body = json(System.nanoTime()).toString().getBytes(StandardCharsets.UTF_8);
    send(request, response, body);
  }

  private static void refuse(ServerRequest request, ServerResponse response) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("error")
        .put("code", "method_not_allowed")
        .put("message", "only GET is allowed here");
    response.status(Status.METHOD_NOT_ALLOWED_405).header(HeaderNames.ALLOW, "GET, HEAD");
    send(request, response, answer.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(ServerRequest request, ServerResponse response, byte[] body) {
    SecurityHeaders.addTo(response);
    response
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "no-store");
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }

  ObjectNode json(long nowNanos) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("partitions", partitions);
    ArrayNode unclaimed = json.putArray("without_processor");
    for (int partition = 0; partition < partitions; partition++) {
      if (directory.claimants(partition, nowNanos).isEmpty()) {
        unclaimed.add(partition);
      }
    }
    ArrayNode instances = json.putArray("instances");
    directory.members().forEach(member -> instances.add(json(member, nowNanos)));
    return json;
  }

  private ObjectNode json(Member member, long nowNanos) {
    Announcement said = member.announcement();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", said.instance());
    json.put("name", said.name());
    json.put("url", said.url());
    json.put("version", said.version());
    ArrayNode roles = json.putArray("roles");
    said.roles().forEach(roles::add);
    json.put("asked", said.instance().equals(self));
    json.put("away", directory.isAway(member, nowNanos));
    json.put("heard_seconds_ago", Math.round((nowNanos - member.heardNanos()) / NANOS * 10) / 10.0);
    ArrayNode active = json.putArray("active");
    said.active().forEach(active::add);
    ArrayNode copies = json.putArray("copies");
    for (Announcement.Copy copy : List.copyOf(said.copies())) {
      ObjectNode each = copies.addObject();
      each.put("partition", copy.partition()).put("lag_records", copy.lag());
      if (copy.lagMillis() >= 0) {
        each.put("lag_ms", copy.lagMillis());
      } else {
        each.putNull("lag_ms");
      }
    }
    ArrayNode pasts = json.putArray("backfills");
    for (Announcement.Past past : said.pasts()) {
      pasts
          .addObject()
          .put("view", past.view().cells())
          .put("processed", past.processed())
          .put("total", past.total());
    }
    return json;
  }
}
