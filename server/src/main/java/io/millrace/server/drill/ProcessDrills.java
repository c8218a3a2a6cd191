package io.millrace.server.drill;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.cluster.ClusterProcess;
import java.time.Duration;

/** Drills in which processes of roles fail. */
final class ProcessDrills {
  /** Well beyond the session of a processor, which is 6 s. */
  private static final Duration BEYOND_SESSION = Duration.ofSeconds(15);

  private static final Duration SHORT = Duration.ofSeconds(2);

  private ProcessDrills() {}

  static Drill killProcessor(String name, int times) {
    return Drill.of(
        name,
        "A processor is killed " + times + " times, at any moment, and started again.",
        Aims.of(1, 10),
        scene -> {
          for (int time = 0; time < times; time++) {
            ClusterProcess victim = scene.anyProcessor();
            scene.last(scene.upTo(SHORT));
            scene.kill(victim);
            scene.start(victim);
            scene.awaitReady(victim);
            scene.awaitProcessing();
          }
        });
  }

  static Drill killCollector(int times) {
    return Drill.of(
        "kill-collector",
        "A collector is killed "
            + times
            + " times with requests in its hands; clients go to another.",
        Aims.of(2, 4),
        scene -> {
          for (int time = 0; time < times; time++) {
            ClusterProcess victim = scene.collector(1);
            scene.last(scene.upTo(SHORT));
            scene.kill(victim);
            scene.awaitAcknowledging();
            scene.start(victim);
            scene.awaitReady(victim);
          }
        });
  }

  static Drill zombie() {
    return Drill.of(
        "zombie-processor",
        "A processor stands still for longer than its session and goes on as if nothing had been:"
            + " it is fenced.",
        Aims.of(1, 12),
        scene -> {
          ClusterProcess victim = scene.anyProcessor();
          scene.mark("pause " + victim.name());
          victim.pause();
          scene.last(BEYOND_SESSION);
          // Others have its work by now, and it does not know.
          scene.awaitProcessing();
          scene.mark("resume " + victim.name());
          victim.resume();
          scene.awaitProcessing();
        });
  }

  static Drill killDuringRebalance() {
    return Drill.of(
        "kill-during-rebalance",
        "A processor is stopped in an orderly way, and the one that takes its work over is killed"
            + " while it does.",
        Aims.of(1, 25),
        scene -> {
          ClusterProcess leaving = scene.processor(1);
          ClusterProcess taking = scene.cluster().processors().getLast();
          scene.mark("stop " + leaving.name());
          leaving.stop();
          scene.last(scene.upTo(SHORT));
          scene.kill(taking);
          scene.start(leaving);
          scene.last(scene.upTo(SHORT));
          scene.start(taking);
        });
  }

  static Drill killProcessorAndBroker() {
    return Drill.of(
        "kill-processor-and-broker",
        "A processor and the broker that leads a partition are killed at the same moment.",
        Aims.of(5, 15),
        scene -> {
          ClusterProcess victim = scene.anyProcessor();
          LocalBroker broker = scene.leader(0);
          scene.kill(victim);
          scene.kill(broker, "broker " + broker.id());
          scene.awaitAcknowledging();
          scene.last(SHORT);
          scene.start(victim);
          scene.startBroker(broker);
        });
  }

  static Drill roll() {
    return Drill.of(
        "roll-roles",
        "Each processor and collector is stopped in an orderly way and started again, one after the"
            + " other, each when the one before is ready, has its copies and has settled.",
        Aims.of(2, 2),
        scene -> {
          for (ClusterProcess process : scene.cluster().processes()) {
            scene.settle();
            scene.mark("stop " + process.name());
            process.stop();
            scene.start(process);
            scene.awaitReady(process);
            scene.awaitCopies(process);
            scene.awaitProcessing();
          }
        });
  }
}
