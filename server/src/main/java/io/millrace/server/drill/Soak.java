package io.millrace.server.drill;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.cluster.ClusterProcess;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Failures by chance, one after the other, for as long as one likes; the books are looked at every
 * minute meanwhile. The same seed gives the same failures in the same order.
 */
public final class Soak {
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private static final List<Drill.Plan> FAILURES =
      List.of(
          scene -> killProcess(scene, scene.anyProcessor()),
          scene -> killProcess(scene, scene.anyCollector()),
          scene -> killBroker(scene, scene.anyBroker()),
          Soak::pauseBroker,
          Soak::pauseProcessor,
          Soak::stopBroker,
          Soak::stopProcess);

  private Soak() {}

  /** The drill that goes on for so long. */
  public static Drill of(Duration duration) {
    return Drill.of(
        "soak",
        "Whatever fails by chance for "
            + duration.toMinutes()
            + " minutes, the books balance every minute and everything is right at the end.",
        Aims.of(10, 30),
        scene -> run(scene, duration));
  }

  private static void run(Scene scene, Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    Random random = scene.random();
    try (BooksWatch books = BooksWatch.start(scene)) {
      while (System.nanoTime() < end) {
        FAILURES.get(random.nextInt(FAILURES.size())).run(scene);
        scene.last(scene.upTo(BETWEEN));
        if (random.nextBoolean()) {
          // Otherwise the next failure meets a cluster that has not recovered from the last one.
          scene.makeWhole();
        } else {
          scene.awaitInSync();
        }
      }
      Scene.demand(books.faults().isEmpty(), "the books always balanced: " + books.faults());
    }
  }

  private static void killProcess(Scene scene, ClusterProcess process) throws InterruptedException {
    scene.kill(process);
    scene.last(scene.upTo(LONGEST));
    scene.start(process);
  }

  private static void killBroker(Scene scene, LocalBroker broker) throws InterruptedException {
    scene.kill(broker, "broker " + broker.id());
    scene.last(scene.upTo(LONGEST));
    scene.startBroker(broker);
  }

  private static void pauseBroker(Scene scene) throws InterruptedException {
    LocalBroker broker = scene.anyBroker();
    scene.pauseBroker(broker);
    scene.last(scene.upTo(LONGEST));
    scene.resumeBroker(broker);
  }

  private static void pauseProcessor(Scene scene) throws InterruptedException {
    ClusterProcess process = scene.anyProcessor();
    scene.mark("pause " + process.name());
    process.pause();
    scene.last(scene.upTo(LONGEST));
    scene.mark("resume " + process.name());
    process.resume();
  }

  private static void stopBroker(Scene scene) throws InterruptedException {
    LocalBroker broker = scene.anyBroker();
    scene.mark("stop broker " + broker.id());
    broker.stop();
    scene.startBroker(broker);
  }

  private static void stopProcess(Scene scene) throws InterruptedException {
    ClusterProcess process =
        scene.random().nextBoolean() ? scene.anyProcessor() : scene.anyCollector();
    scene.mark("stop " + process.name());
    process.stop();
    scene.start(process);
  }
}
