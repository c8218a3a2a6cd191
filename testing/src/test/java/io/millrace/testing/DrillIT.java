package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.cluster.ClusterConfig;
import io.millrace.server.drill.Drill;
import io.millrace.server.drill.DrillResult;
import io.millrace.server.drill.DrillSeason;
import io.millrace.server.drill.Drills;
import io.millrace.server.drill.report.DrillText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of the drills, which kills a processor and a broker at once; {@code
 * -Dmillrace.drills=kill-controller,zombie-processor} runs others, {@code -Dmillrace.controls=true}
 * lets careless programs loose too, and {@code millrace drill run all} runs all of them.
 */
@Timeout(1500)
class DrillIT {
  private static final int RATE = 100;

  /** For a machine that does many other things beside; alone it takes half a minute. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(10);

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void nothingIsLostOrDoubledWhateverFails(@TempDir Path folder) throws Exception {
    System.out.println("DrillIT: seed " + seed);
    List<DrillResult> results = new ArrayList<>();
    var season =
        new DrillSeason(
            new ClusterConfig(
                folder, 3, Integer.getInteger("millrace.processors", 2), 2, false, START_PATIENCE),
            RATE,
            seed,
            step -> System.out.println("DrillIT: " + step),
            result -> {
              results.add(result);
              System.out.print(DrillText.line(result));
            });

    season.run(drills(), Boolean.getBoolean("millrace.controls"));

    assertThat(results).isNotEmpty().allMatch(DrillResult::passed);
  }

  private static List<Drill> drills() {
    List<Drill> drills = new ArrayList<>();
    String named = System.getProperty("millrace.drills", "");
    Arrays.stream(named.split(","))
        .filter(name -> !name.isEmpty())
        .forEach(name -> drills.add(Drills.named(name).orElseThrow()));
    if (drills.isEmpty()) {
      drills.add(Drills.named("kill-processor-and-broker").orElseThrow());
    }
    return drills;
  }
}
