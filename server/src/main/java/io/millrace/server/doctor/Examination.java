package io.millrace.server.doctor;

import io.millrace.ops.doctor.ClusterExamination;
import io.millrace.ops.doctor.Diagnosis;
import io.millrace.ops.doctor.Finding;
import io.millrace.ops.doctor.ListenerCheck;
import io.millrace.ops.doctor.Needs;
import io.millrace.server.config.MillraceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the cluster and the machine that an instance would have. Used by one thread. */
public final class Examination {
  private final MillraceConfig config;
  private final boolean measures;

  /**
   * Ready to look.
   *
   * @param measures whether some records may be written to a topic that is made for that
   */
  public Examination(MillraceConfig config, boolean measures) {
    this.config = config;
    this.measures = measures;
  }

  /** Everything that was found, also what is well. */
  public List<Finding> run() {
    Map<String, String> connection = config.kafka().toMap();
    List<Finding> listeners = ListenerCheck.of(connection);
    var findings = new ArrayList<Finding>(listeners);
    // No client is sent where the wrong protocol is spoken: it would not live through it.
    if (listeners.stream().anyMatch(finding -> finding.severity() == Finding.Severity.OK)
        && listeners.stream().noneMatch(finding -> finding.what().contains("security.protocol"))) {
      findings.addAll(cluster(connection));
    }
    findings.addAll(FolderJudgement.of(FolderFacts.of(config.data())));
    return findings;
  }

  private List<Finding> cluster(Map<String, String> connection) {
    Needs needs = InstanceNeeds.of(config);
    try (ClusterExamination examination = ClusterExamination.of(connection, needs)) {
      Optional<String> obstacle = examination.obstacle();
      return obstacle.isPresent()
          ? List.of(
              Finding.problem(
                  "the brokers do not let us in: " + obstacle.get(),
                  "see security.protocol, sasl.mechanism, username and password below kafka, and the"
                      + " certificates that are trusted"))
          : Diagnosis.of(examination.run(measures), needs);
    }
  }
}
