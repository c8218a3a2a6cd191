package io.millrace.server.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All drills there are. */
public final class Drills {
  private static final int PROCESSOR_KILLS = 10;
  private static final int COLLECTOR_KILLS = 5;

  private static final List<Drill> HERE =
      List.of(
          ProcessDrills.killProcessor("kill-processor", PROCESSOR_KILLS),
          ProcessDrills.killCollector(COLLECTOR_KILLS),
          ProcessDrills.zombie(),
          StateDrills.delete(),
          StateDrills.corrupt(),
          StateDrills.killDuringRestore(),
          ProcessDrills.killDuringRebalance(),
          ProcessDrills.killProcessorAndBroker(),
          ProcessDrills.roll(),
          BrokerDrills.killLeader(),
          BrokerDrills.killController(),
          BrokerDrills.killCoordinator(),
          BrokerDrills.pauseLeader(),
          BrokerDrills.killTwoOfThree(),
          BrokerDrills.roll(),
          ClientDrills.resendEverything(),
          ClientDrills.lostAnswers(),
          ClientDrills.lateAppend(),
          ClientDrills.slowReaders(),
          ClientDrills.badRecords(),
          ClientDrills.dedupeEdge(),
          ClientDrills.clockSkew());

  private static final List<Drill> ALL = all(HERE, HostDrills.all());

  private Drills() {}

  /** In the order in which all are run. */
  public static List<Drill> all() {
    return ALL;
  }

  public static Optional<Drill> named(String name) {
    return ALL.stream().filter(drill -> drill.name().equals(name)).findFirst();
  }

  private static List<Drill> all(List<Drill> some, List<Drill> others) {
    List<Drill> all = new ArrayList<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }
}
