package io.millrace.server.drill;

import io.millrace.server.cluster.ClusterProcess;
import io.millrace.server.fault.StateDamage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** Drills in which the state folder of a processor is damaged. */
final class StateDrills {
  private static final Duration SHORT = Duration.ofSeconds(2);

  private StateDrills() {}

  static Drill delete() {
    return Drill.of(
        "delete-state",
        "A processor is stopped and its state folder deleted: it makes its state anew from Kafka.",
        Aims.of(1, 12),
        scene -> Scene.demand(damage(scene, StateDamage.DELETED) > 0, "there was state to delete"));
  }

  static Drill corrupt() {
    return Drill.of(
        "corrupt-state",
        "Tables, lists of tables and checkpoints of a processor's state are damaged while it is"
            + " stopped: it makes its state anew, and never ends in a loop.",
        Aims.of(1, 12),
        scene -> {
          int files = 0;
          for (StateDamage damage : StateDamage.values()) {
            if (damage != StateDamage.DELETED) {
              // A store with little in it may have no table yet, but its lists and notes.
              files += damage(scene, damage);
            }
          }
          Scene.demand(files > 0, "there was something to damage");
        });
  }

  static Drill killDuringRestore() {
    return Drill.of(
        "kill-during-restore",
        "A processor whose state is gone is killed again and again while it makes it anew.",
        Aims.of(1, 20),
        scene -> {
          ClusterProcess victim = scene.anyProcessor();
          scene.kill(victim);
          for (int time = 0; time < 3; time++) {
            var _ = StateDamage.DELETED.doTo(victim.stateFolder(), scene.random());
            scene.start(victim);
            scene.require("it makes its state", () -> hasStores(victim.stateFolder()));
            scene.last(scene.upTo(SHORT));
            scene.kill(victim);
          }
          scene.start(victim);
        });
  }

  private static boolean hasStores(Path stateFolder) {
    try (Stream<Path> files = Files.walk(stateFolder)) {
      return files.anyMatch(file -> file.endsWith("rocksdb"));
    } catch (IOException | UncheckedIOException notYet) {
      return false;
    }
  }

  /** Stopped in an orderly way first, so that it trusts what it finds. */
  private static int damage(Scene scene, StateDamage damage) throws InterruptedException {
    ClusterProcess victim = scene.anyProcessor();
    scene.mark("stop " + victim.name());
    victim.stop();
    int files = damage.doTo(victim.stateFolder(), scene.random());
    scene.mark("%s: %d files".formatted(damage.name().toLowerCase(Locale.ROOT), files));
    scene.start(victim);
    scene.awaitReady(victim);
    scene.awaitProcessing();
    return files;
  }
}
