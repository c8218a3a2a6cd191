package io.millrace.server.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.Outcome;
import io.millrace.ops.AuditReport;

/** An {@link AuditReport} as {@code /api/v1/audit} answers it. */
final class AuditJson {

  private AuditJson() {}

  static ObjectNode of(AuditReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("balanced", report.isBalanced());
    json.put("time", report.time().toString());
    json.put("accepted", report.accepted());
    json.put("processed", report.processed());
    json.put("pending", report.pending());
    var partitions = json.putArray("partitions");
    report.lines().forEach(line -> partitions.add(of(line)));
    return json;
  }

  private static ObjectNode of(AuditReport.Line line) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("partition", line.partition());
    json.put("accepted", line.accepted());
    json.put("processed", line.processed());
    json.put("accounted", line.books().accountedThrough());
    ObjectNode outcomes = json.putObject("outcomes");
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome.label(), line.books().outcomes().getOrDefault(outcome, 0L));
    }
    json.put("difference", line.difference());
    json.put("balanced", line.isBalanced());
    return json;
  }
}
