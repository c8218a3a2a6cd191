package io.millrace.server.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.server.drill.Drill;
import io.millrace.server.drill.DrillResult;
import io.millrace.server.drill.Drills;
import io.millrace.server.drill.Mark;
import io.millrace.server.drill.Timeline;
import io.millrace.server.drill.load.AnswerTally;
import io.millrace.server.drill.proof.Finding;
import io.millrace.server.drill.proof.PartitionStalls;
import io.millrace.server.drill.proof.Stall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrillReportTest {
  private static final Drill DRILL = Drills.all().getFirst();
  private static final Finding RIGHT = new Finding("books", 8, "all <right>", 0, 0, 0, List.of());
  private static final Finding WRONG =
      new Finding("books", 8, "not all", 2, 1, 0, List.of("a <b>line</b>"));

  @Test
  void aDrillPassesWhenNothingIsWrongAndEveryPlantedFaultIsFound() {
    assertThat(examined(RIGHT, true).passed()).isTrue();
    assertThat(examined(WRONG, true).passed()).isFalse();
    assertThat(examined(RIGHT, false).passed()).isFalse();
  }

  @Test
  void aProcessThatEndsByItselfAgainAndAgainIsAFailure() {
    assertThat(examined(RIGHT, true, Map.of("processor-1", 1)).passed()).isTrue();
    DrillResult.Examined loop = examined(RIGHT, true, Map.of("processor-1", 2));

    assertThat(loop.passed()).isFalse();
    assertThat(DrillText.line(loop)).contains("processor-1 ended by itself: 2");
  }

  @Test
  void aControlPassesWhenTheDamageIsFound() {
    assertThat(new DrillResult.Controlled(DRILL, WRONG, 2).passed()).isTrue();
    assertThat(new DrillResult.Controlled(DRILL, RIGHT, 0).passed()).isFalse();
  }

  @Test
  void thePageShowsEveryResultAndNoTextAsMarkup() {
    String page = DrillPage.of(run());

    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("needs root", "never came", "not all", "1 passed, 2 failed, 1 skipped")
        .contains("<svg", "kill &lt;processor&gt;", "a &lt;b&gt;line&lt;/b&gt;")
        .doesNotContain("<b>line", "http://", "https://");
  }

  @Test
  void programsCanReadIt() throws Exception {
    JsonNode root = new ObjectMapper().readTree(DrillJson.of(run()));

    assertThat(root.path("passed").asBoolean()).isFalse();
    assertThat(root.path("drills").findValuesAsText("verdict"))
        .containsExactly("passed", "failed", "skipped", "stuck");
    JsonNode failed = root.path("drills").path(1);
    assertThat(failed.path("lost").asLong()).isEqualTo(2);
    assertThat(failed.path("doubled").asLong()).isEqualTo(1);
    assertThat(failed.path("acknowledgement_stall_ms").asLong()).isEqualTo(700);
  }

  @Test
  void theTableSaysWhatIsWrong() {
    assertThat(DrillText.line(examined(WRONG, false)))
        .contains("FAILED", "not all", "a <b>line</b>", "a check is blind: not found that a fault");
    assertThat(DrillText.line(examined(RIGHT, true))).contains("passed", "0.7 s", "1.2 s", "met");
  }

  private static DrillRun run() {
    return run(
        examined(RIGHT, true),
        examined(WRONG, true),
        new DrillResult.Skipped(DRILL, "needs root"),
        new DrillResult.Stuck(DRILL, "never came", List.of(new Mark(5, "kill"))));
  }

  private static DrillRun run(DrillResult... results) {
    return new DrillRun(Instant.EPOCH, "1", "a machine", "3 brokers", 200, 42, List.of(results));
  }

  @Test
  void whatWasAnsweredUnexpectedlyOrNeverIsTold() {
    DrillResult.Examined examined = examined(RIGHT, false);

    assertThat(examined.passed()).isFalse();
    assertThat(DrillText.line(examined))
        .contains("unexpected answers: 1", "500 <oops>", "not acknowledged: 3 of 100");
    assertThat(DrillJson.of(run(examined))).contains("500 <oops>", "\"too_late\" : 2");
    assertThat(DrillPage.of(run(examined))).contains("500 &lt;oops&gt;", "2 not in time");
  }

  private static DrillResult.Examined examined(Finding finding, boolean found) {
    return examined(finding, found, Map.of());
  }

  private static DrillResult.Examined examined(
      Finding finding, boolean found, Map<String, Integer> ends) {
    List<String> unexpected = found ? List.of() : List.of("500 <oops>");
    return new DrillResult.Examined(
        DRILL,
        List.of(finding),
        Map.of("a fault", found),
        List.of(new PartitionStalls(3, new Stall(1_000, 700), new Stall(1_000, 1_200))),
        Duration.ofSeconds(3),
        new AnswerTally(
            10, 0, found ? 0 : 1, 0, 2, Duration.ofMillis(20), Duration.ofMillis(10), unexpected),
        100,
        found ? 100 : 97,
        new Timeline(
            0,
            500,
            List.of(1L, 2L, 0L),
            List.of(0L, 3L, 0L),
            List.of(new Mark(600, "kill <processor>"))),
        ends,
        1.5);
  }
}
