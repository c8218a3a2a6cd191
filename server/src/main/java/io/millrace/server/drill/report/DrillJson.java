package io.millrace.server.drill.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.drill.DrillResult;
import io.millrace.server.drill.Mark;
import io.millrace.server.drill.proof.Finding;
import io.millrace.server.drill.proof.PartitionStalls;
import java.time.Instant;

/** What drills have shown, for programs. */
public final class DrillJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DrillJson() {}

  public static String of(DrillRun run) {
    ObjectNode root = JSON.createObjectNode();
    root.put("begun", run.begun().toString());
    root.put("version", run.version());
    root.put("machine", run.machine());
    root.put("cluster", run.cluster());
    root.put("rate", run.rate());
    root.put("seed", run.seed());
    root.put("passed", run.passed());
    ArrayNode drills = root.putArray("drills");
    run.results().forEach(result -> add(result, drills.addObject()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of values can be written", impossible);
    }
  }

  private static void add(DrillResult result, ObjectNode into) {
    into.put("name", result.drill().name());
    into.put("shows", result.drill().shows());
    switch (result) {
      case DrillResult.Skipped skipped -> {
        into.put("verdict", "skipped");
        into.put("reason", skipped.reason());
      }
      case DrillResult.Stuck stuck -> {
        into.put("verdict", "stuck");
        into.put("reason", stuck.reason());
        addMarks(stuck.marks(), into);
      }
      case DrillResult.Controlled control -> {
        into.put("verdict", control.passed() ? "caught" : "blind");
        addFinding(control.finding(), into.putArray("checks").addObject());
      }
      case DrillResult.Examined examined -> addExamined(examined, into);
    }
  }

  private static void addExamined(DrillResult.Examined examined, ObjectNode into) {
    into.put("verdict", examined.passed() ? "passed" : "failed");
    into.put("sent", examined.sent());
    into.put("acknowledged", examined.acknowledged());
    into.put("lost", examined.lost());
    into.put("doubled", examined.doubled());
    into.put("wrong", examined.wrong());
    into.put("acknowledgement_stall_ms", examined.longestAcknowledgementStall().toMillis());
    into.put("processing_stall_ms", examined.longestProcessingStall().toMillis());
    into.put("whole_after_ms", examined.wholeAfter().toMillis());
    into.put("met_aims", examined.metAims());
    into.put("machine_load", examined.machineLoad());
    ObjectNode answers = into.putObject("answers");
    answers.put("acknowledged", examined.answers().acknowledged());
    answers.put("unavailable", examined.answers().unavailable());
    answers.put("unexpected", examined.answers().unexpected());
    answers.put("none", examined.answers().none());
    answers.put("too_late", examined.answers().tooLate());
    examined.answers().examples().forEach(answers.putArray("unexpected_examples")::add);
    answers.put("longest_ms", examined.answers().longest().toMillis());
    ArrayNode checks = into.putArray("checks");
    examined.findings().forEach(finding -> addFinding(finding, checks.addObject()));
    ObjectNode controls = into.putObject("controls");
    examined.controls().forEach(controls::put);
    ArrayNode stalls = into.putArray("partitions");
    for (PartitionStalls stall : examined.stalls()) {
      ObjectNode one = stalls.addObject();
      one.put("partition", stall.partition());
      one.put("acknowledgement_stall_ms", stall.acknowledgements().millis());
      one.put("acknowledgement_stall_at", time(stall.acknowledgements().from()));
      one.put("processing_stall_ms", stall.processing().millis());
      one.put("processing_stall_at", time(stall.processing().from()));
    }
    addMarks(examined.timeline().marks(), into);
  }

  private static void addFinding(Finding finding, ObjectNode into) {
    into.put("check", finding.check());
    into.put("passed", finding.passed());
    into.put("compared", finding.compared());
    into.put("detail", finding.detail());
    into.put("lost", finding.lost());
    into.put("doubled", finding.doubled());
    into.put("wrong", finding.wrong());
    finding.examples().forEach(into.putArray("examples")::add);
  }

  private static void addMarks(Iterable<Mark> marks, ObjectNode into) {
    ArrayNode steps = into.putArray("steps");
    for (Mark mark : marks) {
      ObjectNode step = steps.addObject();
      step.put("at", time(mark.at()));
      step.put("what", mark.what());
    }
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
