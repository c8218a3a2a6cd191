package io.millrace.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** Judges what was seen of a cluster by what an instance needs. Pure. */
public final class Diagnosis {
  private Diagnosis() {}

  /** All findings, in the order in which one would look. */
  public static List<Finding> of(ClusterFacts facts, Needs needs) {
    var findings = new ArrayList<Finding>();
    findings.addAll(BrokerJudgement.of(facts, needs));
    findings.addAll(FeatureJudgement.of(facts, needs));
    findings.addAll(BrokerSettingsJudgement.of(facts, needs));
    findings.addAll(TopicJudgement.of(facts, needs));
    findings.addAll(RightsJudgement.of(facts, needs));
    findings.addAll(AppendJudgement.of(facts));
    for (String unseen : facts.unseen()) {
      findings.add(
          Finding.warning(
              "not looked at: " + unseen, "let somebody with more rights run this as well"));
    }
    return findings;
  }
}
