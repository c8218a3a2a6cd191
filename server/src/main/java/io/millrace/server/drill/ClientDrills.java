package io.millrace.server.drill;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.cluster.ClusterProcess;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.LossyProxy;
import io.millrace.server.fault.ShiftedClock;
import io.millrace.server.fault.SlowReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Drills in which clients or what they send are the trouble. */
final class ClientDrills {
  private static final String LIVE = "/api/v1/live?site=";

  /** Some kilobytes for each click. */
  private static final String CHANGES =
      "SELECT "
          + IntStream.range(0, 150).mapToObj(i -> "url AS u" + i).collect(Collectors.joining(", "))
          + " FROM clicks EMIT CHANGES";

  private static final String PUSH =
      """
      POST /api/v1/sql HTTP/1.1\r
      Host: 127.0.0.1\r
      Content-Type: application/sql\r
      Accept: text/event-stream\r
      Content-Length: %d\r
      \r
      %s\
      """
          .formatted(CHANGES.length(), CHANGES);

  private static final Duration A_WHILE = Duration.ofSeconds(10);

  /** Longer than it takes to fill the buffers, and then longer than the server is patient. */
  private static final Duration BEYOND_PATIENCE = Duration.ofSeconds(40);

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Longer than a collector waits for the log. */
  private static final Duration BEYOND_ANSWER = Duration.ofSeconds(6);

  private ClientDrills() {}

  static Drill resendEverything() {
    return Drill.of(
        "resend-everything",
        "Clients send everything three times though it was acknowledged: it is counted once.",
        Aims.of(1, 2),
        new Drill.Plan() {
          @Override
          public void run(Scene scene) throws InterruptedException {
            scene.mark("everything is sent three times");
            scene.last(A_WHILE);
          }

          @Override
          public int repeats() {
            return 2;
          }
        });
  }

  static Drill lostAnswers() {
    return Drill.of(
        "lost-answers",
        "One answer in three is lost on its way back, and some requests are cut: clients send again"
            + " what was accepted in fact.",
        Aims.of(2, 2),
        new Drill.Plan() {
          @Override
          public void run(Scene scene) throws InterruptedException {
            scene.mark("answers are lost");
            List<Fault> losing =
                scene.proxies().stream().map(proxy -> proxy.losingAnswers(3)).toList();
            losing.forEach(Fault::inject);
            scene.last(A_WHILE);
            losing.forEach(Fault::heal);
            scene.mark("requests are cut");
            List<Fault> cutting =
                scene.proxies().stream().map(proxy -> proxy.cuttingRequests(3, 500)).toList();
            cutting.forEach(Fault::inject);
            scene.last(A_WHILE);
            cutting.forEach(Fault::heal);
            long lost = scene.proxies().stream().mapToLong(LossyProxy::lostAnswers).sum();
            long cut = scene.proxies().stream().mapToLong(LossyProxy::cutRequests).sum();
            scene.mark("%d answers of success lost, %d requests cut".formatted(lost, cut));
            scene.require("answers were lost and requests cut", () -> lost > 0 && cut > 0);
          }

          @Override
          public boolean isThroughProxies() {
            return true;
          }
        });
  }

  static Drill slowReaders() {
    return Drill.of(
        "slow-readers",
        "Readers of the live stream and of push queries read slowly or not at all: nobody else"
            + " notices, and they are cut off.",
        Aims.of(1, 2),
        scene -> {
          URI target = scene.processor(1).url();
          var address = new InetSocketAddress(target.getHost(), target.getPort());
          List<SlowReader> readers = new ArrayList<>();
          try {
            for (String request : List.of(SlowReader.get(LIVE + scene.site()), PUSH)) {
              readers.add(SlowReader.open(address, request, 0));
              readers.add(SlowReader.open(address, request, 100));
            }
            scene.mark("%d readers read slowly or not at all".formatted(readers.size()));
            scene.last(BEYOND_PATIENCE);
            scene.awaitProcessing();
            // The push query has enough to say to fill every buffer; the live stream may not.
            scene.require(
                "the dead reader of a push query is cut off",
                () -> readers.get(2).endsWithin(LOOK));
            scene.mark("the dead reader of a push query was cut off");
          } finally {
            readers.forEach(SlowReader::close);
          }
          scene.mark("they are gone");
        });
  }

  static Drill clockSkew() {
    return new Drill(
        "clock-skew",
        "The clocks of a collector and a processor are set an hour ahead while they run, then an"
            + " hour behind: outcomes follow from the times at which events were received.",
        Stage.HERE,
        ShiftedClock::missing,
        Aims.of(2, 10),
        scene -> {
          List<ClusterProcess> victims = List.of(scene.collector(1), scene.anyProcessor());
          ShiftedClock clock =
              ShiftedClock.create(scene.cluster().config().dataFolder().resolve("clock"));
          try {
            restart(scene, victims, clock.environment());
            setClock(scene, clock.by(HOUR));
            setClock(scene, clock.by(HOUR.negated()));
          } finally {
            restart(scene, victims, Map.of());
          }
        });
  }

  private static void setClock(Scene scene, Fault shift) throws InterruptedException {
    try (shift) {
      scene.mark(shift.description());
      shift.inject();
      scene.last(A_WHILE);
    }
    scene.mark("right again");
    scene.awaitAcknowledging();
    scene.awaitProcessing();
  }

  private static void restart(
      Scene scene, List<ClusterProcess> processes, Map<String, String> environment)
      throws InterruptedException {
    for (ClusterProcess process : processes) {
      process.stop();
      process.setEnvironment(environment);
      scene.start(process);
      scene.awaitReady(process);
    }
  }

  static Drill lateAppend() {
    return Drill.of(
        "late-append",
        "All brokers stand still for longer than a collector waits: clients hear 503 and send"
            + " again, and what they sent first is appended after all.",
        Aims.of(10, 15),
        scene -> {
          scene.mark("pause all brokers");
          for (LocalBroker broker : scene.cluster().kafka().brokers()) {
            scene.pauseBroker(broker);
          }
          scene.last(BEYOND_ANSWER);
          scene.awaitRefusing();
          for (LocalBroker broker : scene.cluster().kafka().brokers()) {
            scene.resumeBroker(broker);
          }
          scene.awaitAcknowledging();
        });
  }

  static Drill badRecords() {
    return Drill.of(
        "bad-records",
        "Others write nonsense, records without a key, too large ones and ones from the future into"
            + " the log: each has an outcome, and all else goes on.",
        Aims.of(1, 2),
        scene -> {
          scene.mark("write bad records");
          scene.foreign().writeBadRecords(scene.random());
          scene.awaitProcessing();
        });
  }

  static Drill dedupeEdge() {
    return Drill.of(
        "dedupe-edge",
        "Events are sent again just within the time for which ids are known, and just beyond it,"
            + " with a processor killed in between.",
        Aims.of(1, 12),
        scene -> {
          scene.mark("write events of yesterday");
          scene.foreign().writeEventsOfYesterday();
          scene.awaitProcessing();
          var victim = scene.anyProcessor();
          scene.kill(victim);
          scene.start(victim);
          scene.awaitReady(victim);
          scene.mark("write them again");
          scene.foreign().writeThemAgain();
          scene.awaitProcessing();
        });
  }
}
