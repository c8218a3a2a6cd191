package io.millrace.server.drill;

import io.millrace.model.Namespace;
import io.millrace.server.broker.LocalBroker;
import io.millrace.streams.StreamsSettings;
import java.time.Duration;
import java.util.List;

/** Drills in which brokers fail. */
final class BrokerDrills {
  private static final Duration AWAY = Duration.ofSeconds(8);

  private static final Duration PAUSED = Duration.ofSeconds(20);

  private BrokerDrills() {}

  static Drill killLeader() {
    return Drill.of(
        "kill-leader",
        "The broker that leads a partition is killed: the others take over, and it comes back.",
        Aims.of(5, 5),
        scene -> killForAWhile(scene, scene.leader(0), "the leader"));
  }

  static Drill killController() {
    return Drill.of(
        "kill-controller",
        "The broker that is the active controller is killed: another one becomes it.",
        Aims.of(6, 6),
        scene -> killForAWhile(scene, scene.controller(), "the controller"));
  }

  static Drill killCoordinator() {
    return Drill.of(
        "kill-coordinator",
        "The broker that coordinates the processors' transactions is killed while they are open.",
        Aims.of(5, 10),
        scene ->
            killForAWhile(
                scene,
                scene.transactionCoordinator(StreamsSettings.applicationId(Namespace.DEFAULT)),
                "the coordinator of transactions"));
  }

  static Drill pauseLeader() {
    return Drill.of(
        "pause-broker",
        "The broker that leads a partition stands still for 20 s, with its connections open.",
        Aims.of(5, 10),
        scene -> {
          LocalBroker broker = scene.leader(0);
          scene.pauseBroker(broker);
          scene.last(PAUSED);
          scene.resumeBroker(broker);
        });
  }

  static Drill killTwoOfThree() {
    return Drill.of(
        "kill-two-brokers",
        "Two of three brokers are killed: writes are refused with 503 until one is back, and what"
            + " was acknowledged before is there.",
        Aims.of(40, 45),
        scene -> {
          List<LocalBroker> brokers = scene.cluster().kafka().brokers();
          int spared = scene.random().nextInt(brokers.size());
          List<LocalBroker> victims =
              brokers.stream().filter(broker -> broker.id() != spared + 1).toList();
          victims.forEach(broker -> scene.kill(broker, "broker " + broker.id()));
          scene.awaitRefusing();
          // What was on its way when they were killed has had its answer by then.
          scene.last(AWAY);
          long acknowledged = scene.load().ledger().acknowledged();
          scene.last(AWAY);
          Scene.demand(
              scene.load().ledger().acknowledged() == acknowledged,
              "nothing is acknowledged while two of three brokers are away");
          victims.forEach(scene::startBroker);
          scene.awaitAcknowledging();
        });
  }

  static Drill roll() {
    return Drill.of(
        "roll-brokers",
        "Each broker is stopped in an orderly way and started again, one after the other,"
            + " each when the one before is in sync and has settled.",
        Aims.of(2, 2),
        scene -> {
          for (LocalBroker broker : scene.cluster().kafka().brokers()) {
            scene.settle();
            scene.mark("stop broker " + broker.id());
            broker.stop();
            scene.awaitAcknowledging();
            scene.startBroker(broker);
            scene.awaitInSync();
          }
        });
  }

  private static void killForAWhile(Scene scene, LocalBroker broker, String what)
      throws InterruptedException {
    scene.kill(broker, what + ", broker " + broker.id());
    scene.awaitAcknowledging();
    scene.last(AWAY);
    scene.startBroker(broker);
  }
}
