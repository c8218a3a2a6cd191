package io.millrace.streams.judge;

import static io.millrace.streams.Clicks.NOW;
import static io.millrace.streams.Clicks.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.Outcome;
import io.millrace.streams.Clicks;
import io.millrace.streams.judge.SeenEvents.Sighting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final long WINDOW = JudgeConfig.DEFAULT.allowedLateness().toMillis();
  private static final long AHEAD = JudgeConfig.DEFAULT.allowedFuture().toMillis();

  private static final Arrival READMITTED = new Arrival(NOW, true);

  private final Set<String> ids = new HashSet<>();
  private final Judge judge = new Judge(JudgeConfig.DEFAULT, this::see, Clicks.enricher());

  @Test
  void anOrdinaryEventCounts() {
    assertThat(judge.judge(click("1", "v", "/"), Arrival.at(NOW)))
        .isEqualTo(new Judgement.Counts());
  }

  @Test
  void theSameIdCountsOnce() {
    judge.judge(click("1", "v", "/"), Arrival.at(NOW));

    assertThat(outcome(click("1", "v", "/"))).isEqualTo(Outcome.DUPLICATE);
  }

  @Test
  void aBotThatRepeatsItselfIsADuplicate() {
    assertThat(outcome(at(NOW, "Googlebot", "1"))).isEqualTo(Outcome.BOT);
    assertThat(outcome(at(NOW, "Googlebot", "1"))).isEqualTo(Outcome.DUPLICATE);
  }

  @Test
  void theReasonOfABotIsItsRuleAndTheLaneTellsTheRest() {
    assertThat(judge.judge(at(NOW, "Googlebot", "1"), Arrival.at(NOW)))
        .isEqualTo(new Judgement.DoesNot(Outcome.BOT, "agent list", "bot: agent list \"robot\""));
  }

  @Test
  void theWindowOfLatenessIsExact() {
    assertThat(judge.judge(at(NOW - WINDOW, "Firefox", "1"), Arrival.at(NOW)))
        .isEqualTo(new Judgement.Counts());
    assertThat(outcome(at(NOW - WINDOW - 1, "Firefox", "2"))).isEqualTo(Outcome.LATE);
  }

  @Test
  void whatIsReadmittedCountsOnceWhateverItsAgeAndSender() {
    ClickEvent late = at(NOW - WINDOW - 1, "Googlebot", "1");
    assertThat(outcome(late)).isEqualTo(Outcome.BOT);

    assertThat(judge.judge(late, READMITTED)).isEqualTo(new Judgement.Counts());
    assertThat(judge.judge(late, READMITTED))
        .isEqualTo(Judgement.DoesNot.because(Outcome.DUPLICATE, Judge.SAME_ID));
  }

  @Test
  void aBackfillMayBeOfAnyAge() {
    assertThat(judge.judge(click("1", "v", "/", 1, "Firefox", true), Arrival.at(NOW)))
        .isEqualTo(new Judgement.Counts());
  }

  @Test
  void theFutureIsInvalidAndNotRemembered() {
    assertThat(judge.judge(at(NOW + AHEAD, "Firefox", "1"), Arrival.at(NOW)))
        .isEqualTo(new Judgement.Counts());
    assertThat(outcome(at(NOW + AHEAD + 1, "Firefox", "2"))).isEqualTo(Outcome.INVALID);
    assertThat(judge.judge(at(NOW, "Firefox", "2"), Arrival.at(NOW)))
        .isEqualTo(new Judgement.Counts());
  }

  @Test
  void anEventWithAnImpossibleTimeIsInvalid() {
    for (long time : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(outcome(at(time, "Firefox", "1"))).isEqualTo(Outcome.INVALID);
    }
  }

  @Test
  void moreEventsInAMinuteThanAPersonCausesAreABots() {
    // Given
    var strict =
        new Judge(JudgeConfig.DEFAULT.withMaxEventsPerMinute(2), this::see, Clicks.enricher());

    // When
    List<Judgement> judgements =
        Stream.of("1", "2", "3")
            .map(id -> strict.judge(click(id, "v", "/"), Arrival.at(NOW)))
            .toList();

    // Then
    assertThat(judgements)
        .containsExactly(
            new Judgement.Counts(),
            new Judgement.Counts(),
            new Judgement.DoesNot(Outcome.BOT, "rate", "bot: rate \"over 2 a minute\""));
    assertThat(strict.judge(click("4", "v", "/", NOW, "Firefox", true), Arrival.at(NOW)))
        .as("an import brings a day's events in a minute")
        .isEqualTo(new Judgement.Counts());
  }

  /** Every event is of one minute here. */
  private Sighting see(ClickEvent event, Arrival arrival) {
    return ids.add(event.id() + arrival.readmitted())
        ? new Sighting(true, ids.size())
        : Sighting.AGAIN;
  }

  private Outcome outcome(ClickEvent event) {
    return ((Judgement.DoesNot) judge.judge(event, Arrival.at(NOW))).outcome();
  }

  private static ClickEvent at(long time, String agent, String id) {
    return click(id, "v", "/", time, agent, false);
  }
}
