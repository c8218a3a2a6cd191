package io.millrace.server.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;

/** Understands the answer of {@code GET /api/v1/audit}. Pure. */
final class AuditReader {
  private AuditReader() {}

  static Audit read(JsonNode answer) {
    var partitions = new ArrayList<Audit.Partition>();
    answer.path("partitions").forEach(each -> partitions.add(partition(each)));
    return new Audit(
        answer.path("balanced").asBoolean(),
        answer.path("time").asText(""),
        answer.path("accepted").asLong(),
        answer.path("processed").asLong(),
        answer.path("pending").asLong(),
        partitions);
  }

  private static Audit.Partition partition(JsonNode partition) {
    var outcomes = new EnumMap<Outcome, Long>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, partition.path("outcomes").path(outcome.label()).asLong());
    }
    return new Audit.Partition(
        partition.path("partition").asInt(),
        partition.path("accepted").asLong(),
        partition.path("processed").asLong(),
        partition.path("accounted").asLong(),
        outcomes,
        partition.path("difference").asLong(),
        partition.path("balanced").asBoolean());
  }
}
