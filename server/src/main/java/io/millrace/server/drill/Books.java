package io.millrace.server.drill;

import io.millrace.server.cluster.ClusterProcess;
import io.millrace.server.cluster.LocalCluster;
import io.millrace.server.report.Audit;
import io.millrace.server.report.Reply;
import io.millrace.server.report.ViewClient;
import java.util.Optional;

/** Asks a cluster for its books. */
final class Books {
  private Books() {}

  /** What the first processor tells that can; empty where none does. */
  static Optional<Audit> ask(LocalCluster cluster) throws InterruptedException {
    for (ClusterProcess processor : cluster.processors()) {
      if (processor.isRunning() && !processor.isPaused()) {
        try (var client = new ViewClient(processor.url())) {
          if (client.audit() instanceof Reply.Answered<Audit>(Audit audit)) {
            return Optional.of(audit);
          }
        }
      }
    }
    return Optional.empty();
  }
}
