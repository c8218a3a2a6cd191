package io.millrace.server.drill;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.NetworkHost;
import java.time.Duration;
import java.util.List;

/** Drills in which networks, disks and power fail; they need brokers on hosts of their own. */
final class HostDrills {
  private static final Duration A_WHILE = Duration.ofSeconds(15);

  private HostDrills() {}

  /** Makes the fault of a drill, on a scene with hosts. */
  private interface FaultOf {
    Fault of(Scene scene) throws InterruptedException;
  }

  static List<Drill> all() {
    return List.of(
        lasting(
            "cut-from-peers",
            "A broker hears and reaches no other broker, though clients reach it; then it heals.",
            Aims.of(6, 10),
            scene -> scene.hosts().network().cutFromPeers(host(scene))),
        lasting(
            "isolate-broker",
            "A broker is cut off from everybody, and comes back.",
            Aims.of(6, 10),
            scene -> scene.hosts().network().isolated(host(scene))),
        lasting(
            "one-way",
            "Nothing that a broker says arrives at the others, though it hears them.",
            Aims.of(6, 10),
            scene -> scene.hosts().network().mute(host(scene))),
        lasting(
            "one-way-in",
            "Nothing that the others say arrives at a broker, though they hear it.",
            Aims.of(6, 10),
            scene -> scene.hosts().network().deaf(host(scene))),
        lasting(
            "packet-loss",
            "One packet in ten is lost between all hosts and to and from clients.",
            Aims.of(5, 10),
            scene -> scene.hosts().network().lossy(10)),
        lasting(
            "slow-link",
            "The cable of a broker carries no more than 4 megabits a second.",
            Aims.of(5, 10),
            scene -> scene.hosts().network().slow(host(scene), 4)),
        diskFull(),
        allDisksFull(),
        lasting(
            "power-loss-one",
            "One host of three loses its power: what was not forced to its disk is gone from"
                + " there.",
            Aims.of(5, 10),
            scene -> scene.hosts().powerLoss(List.of(scene.leader(0)))),
        powerLossOfAll());
  }

  /** It is not told to start when there is room again: its supervisor has to think of it. */
  private static Drill diskFull() {
    return on(
        Stage.HOSTS,
        "disk-full",
        "The disk of a broker is full: it ends, and comes back by itself when there is room.",
        Aims.of(5, 10),
        scene -> {
          LocalBroker broker = scene.leader(0);
          int before = broker.restarts();
          try (Fault fault = scene.hosts().fullDisk(broker)) {
            scene.mark(fault.description());
            fault.inject();
            scene.require(
                "the broker has ended", () -> !broker.isRunning() || broker.restarts() > before);
            scene.last(A_WHILE);
            scene.mark("room again");
          }
          scene.require("it is started again", () -> broker.restarts() > before);
          scene.awaitInSync();
          scene.mark("started %d times".formatted(broker.restarts() - before));
        });
  }

  private static Drill allDisksFull() {
    return on(
        Stage.HOSTS,
        "all-disks-full",
        "The disks of all brokers are full: writes are refused with 503 until there is room.",
        Aims.of(60, 60),
        scene -> {
          List<Fault> faults =
              scene.cluster().kafka().brokers().stream().map(scene.hosts()::fullDisk).toList();
          scene.mark("all disks full");
          try {
            faults.forEach(Fault::inject);
            scene.awaitRefusing();
            scene.last(Duration.ofSeconds(5));
          } finally {
            scene.mark("room again");
            faults.forEach(Fault::heal);
          }
        });
  }

  /** Only with every write forced to disk: without that, it loses what was acknowledged. */
  private static Drill powerLossOfAll() {
    return on(
        Stage.DURABLE_HOSTS,
        "power-loss-all",
        "All hosts lose their power at one moment; with every write forced to disk nothing is"
            + " lost.",
        Aims.of(60, 60),
        scene -> {
          List<LocalBroker> brokers = scene.cluster().kafka().brokers();
          Fault fault = scene.hosts().powerLoss(brokers);
          scene.mark(fault.description());
          try {
            fault.inject();
            scene.last(Duration.ofSeconds(3));
          } finally {
            scene.mark("power again");
            fault.heal();
          }
        });
  }

  private static Drill lasting(String name, String shows, Aims aims, FaultOf faultOf) {
    return on(
        Stage.HOSTS,
        name,
        shows,
        aims,
        scene -> {
          try (Fault fault = faultOf.of(scene)) {
            scene.mark(fault.description());
            fault.inject();
            scene.last(A_WHILE);
            scene.mark("healed");
          }
        });
  }

  private static Drill on(Stage stage, String name, String shows, Aims aims, Drill.Plan plan) {
    return new Drill(name, shows, stage, stage::obstacle, aims, plan);
  }

  private static NetworkHost host(Scene scene) throws InterruptedException {
    return scene.hosts().of(scene.leader(0));
  }
}
