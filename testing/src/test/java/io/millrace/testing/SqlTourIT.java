package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tour of views in SQL, as somebody runs it in a checkout, with all that it is to show. */
@Timeout(500)
class SqlTourIT {

  @Test
  void theTourShowsWhatItSays(@TempDir Path folder) throws Exception {
    ChildJvm.writeLauncher(folder.resolve("millrace"));
    Files.createSymbolicLink(
        folder.resolve("examples"), Path.of("../examples").toAbsolutePath().normalize());

    Shell.Result tour =
        new Shell(folder, Duration.ofMinutes(7))
            .run("TMPDIR=" + folder + " examples/sql/tour.sh 2>&1");

    assertThat(tour.exitCode()).as(tour.output()).isZero();
    assertThat(tour.output())
        .contains("10 rows written to site-sections", "tried with", "marketing", "sales")
        .containsPattern("owners +complete")
        .contains("events_now", "events_next", "has replaced the former one", "is dropped");
  }
}
