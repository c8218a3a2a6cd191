package io.millrace.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ops.doctor.Finding;
import io.millrace.ops.doctor.Finding.Severity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderJudgementTest {
  private static final Path FOLDER = Path.of("/var/lib/millrace");
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void aFolderOnADiskWithRoomIsWell() {
    assertThat(judge(true, false, "ext4", 50 * GIBIBYTE))
        .containsExactly(Finding.ok("data folder /var/lib/millrace, 50.0 GiB free"));
  }

  @Test
  void eachThingThatIsWrongIsTold() {
    assertThat(judge(false, true, "tmpfs", GIBIBYTE / 2).stream().map(Finding::severity))
        .containsExactly(Severity.PROBLEM, Severity.PROBLEM, Severity.WARNING, Severity.PROBLEM);
    assertThat(judge(true, false, "nfs4", 5 * GIBIBYTE).stream().map(Finding::severity))
        .containsExactly(Severity.WARNING, Severity.WARNING);
  }

  @Test
  void aFolderThatIsNotThereYetIsLookedAtWhereItWouldBeMade(@TempDir Path folder) {
    FolderFacts facts = FolderFacts.of(folder.resolve("not").resolve("yet"));

    assertThat(facts.writable()).isTrue();
    assertThat(facts.temporary()).isTrue();
    assertThat(facts.freeBytes()).isPositive();
    assertThat(facts.fileSystem()).isNotEmpty();
  }

  @Test
  void theReportCountsWhatIsWrong() {
    var report =
        new ExaminationReport(
            List.of(
                Finding.ok("this"),
                Finding.warning("that", "do this"),
                Finding.problem("what a \u001b[31mstranger\nwrote", "do that")));

    assertThat(report.isWell()).isFalse();
    assertThat(report.render())
        .isEqualTo(
            """
            ok       this
            warning  that
                     → do this
            PROBLEM  what a \\u{1B}[31mstranger\\nwrote
                     → do that

            1 problem, 1 warning
            """);
  }

  private static List<Finding> judge(
      boolean writable, boolean temporary, String fileSystem, long free) {
    return FolderJudgement.of(new FolderFacts(FOLDER, writable, temporary, fileSystem, free));
  }
}
