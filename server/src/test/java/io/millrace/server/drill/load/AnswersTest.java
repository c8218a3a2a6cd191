package io.millrace.server.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final Answers answers = new Answers();

  @Test
  void whoWaitsInVainHasWaited() {
    answers.add(Answer.of(Response.ACKNOWLEDGED), Duration.ofMillis(20));
    answers.add(Answer.of(Response.TOO_LATE), Duration.ofSeconds(10));

    assertThat(answers.tally().longest()).isEqualTo(Duration.ofSeconds(10));
    assertThat(answers.tally().tooLate()).isEqualTo(1);
  }

  @Test
  void whoIsRefusedTheConnectionHasNotWaited() {
    answers.add(Answer.of(Response.NONE), Duration.ofSeconds(10));

    assertThat(answers.tally().longest()).isZero();
    assertThat(answers.tally().none()).isEqualTo(1);
  }

  @Test
  void whatIsNotExpectedIsKeptOfTheFirstFew() {
    for (int number = 1; number <= 5; number++) {
      answers.add(Answer.of(500, false, "oops " + number), Duration.ZERO);
    }

    assertThat(answers.tally().unexpected()).isEqualTo(5);
    assertThat(answers.tally().examples())
        .isEqualTo(List.of("500 oops 1", "500 oops 2", "500 oops 3"));
  }

  @Test
  void unavailableIsOnlyWhoSaysWhenToTryAgain() {
    assertThat(Answer.of(503, true, "").response()).isEqualTo(Response.UNAVAILABLE);
    assertThat(Answer.of(503, false, "").response()).isEqualTo(Response.UNEXPECTED);
  }

  @Test
  void acceptedIsOnlyWhereNothingIsRefused() {
    assertThat(Answer.of(202, false, "{\"refused\":0}").response())
        .isEqualTo(Response.ACKNOWLEDGED);
    assertThat(Answer.of(202, false, "{\"refused\":1}").response()).isEqualTo(Response.UNEXPECTED);
  }

  @Test
  void aLongAnswerIsCutShort() {
    assertThat(Answer.of(500, false, "x".repeat(10_000)).text().orElseThrow()).hasSizeLessThan(250);
  }
}
