package io.millrace.collector.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TopicSaltsTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SaltsInMemory log = new SaltsInMemory();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

  private TopicSalts collector() {
    return new TopicSalts(log, now::get, PATIENCE);
  }

  @Test
  void allCollectorsHaveTheSameSaltOfADayAndAnotherTheNextDay() {
    try (TopicSalts one = collector();
        TopicSalts other = collector()) {
      byte[] salt = one.saltOf(DAY);

      assertThat(salt).hasSize(32);
      assertThat(other.saltOf(DAY)).isEqualTo(salt);
      assertThat(other.saltOf(DAY.plusDays(1)))
          .isEqualTo(one.saltOf(DAY.plusDays(1)))
          .isNotEqualTo(salt);
      assertThat(log.size()).isEqualTo(2);
    }
  }

  @Test
  void theFirstRecordOfADayHolds() {
    byte[] theirs = new byte[32];
    theirs[0] = 7;
    log.beforeAppend(() -> log.add(DAY, theirs));

    try (TopicSalts late = collector()) {
      assertThat(late.saltOf(DAY)).isEqualTo(theirs);
      assertThat(log.size()).isEqualTo(2);
    }
  }

  @Test
  void aSaltOutlivesTheProcess() {
    byte[] before;
    try (TopicSalts first = collector()) {
      before = first.saltOf(DAY);
    }
    try (TopicSalts second = collector()) {
      assertThat(second.saltOf(DAY)).isEqualTo(before);
    }
  }

  @Test
  void nobodyGuessesWhileTheLogIsAway() {
    log.becomeAway(true);
    try (var salts = new TopicSalts(log, now::get, Duration.ofMillis(1))) {
      assertThatThrownBy(() -> salts.saltOf(DAY))
          .isInstanceOf(SaltUnavailableException.class)
          .hasMessageContaining("2026-03-01");

      log.becomeAway(false);
      await().atMost(PATIENCE).ignoreExceptions().until(() -> salts.saltOf(DAY).length == 32);
    }
    assertThat(log.size()).isEqualTo(1);
  }

  @Test
  void goesOnAskingAfterAFailureOfAnyKind() {
    log.breakOnce();

    try (TopicSalts salts = collector()) {
      assertThat(salts.saltOf(DAY)).hasSize(32);
    }
  }

  @Test
  void whatWasKnownIsStillKnownWhileTheLogIsAway() {
    try (TopicSalts salts = collector()) {
      byte[] salt = salts.saltOf(DAY);
      log.becomeAway(true);

      assertThat(salts.saltOf(DAY)).isEqualTo(salt);
    }
  }

  @Test
  void tomorrowsIsThereBeforeMidnightAndYesterdaysStaysAfterIt() {
    try (TopicSalts salts = collector()) {
      // Given
      byte[] first = salts.saltOf(DAY);
      now.set(Instant.parse("2026-03-01T23:29:00Z"));
      salts.lookAhead();
      assertThat(log.read()).containsOnlyKeys(DAY);

      // When
      now.set(Instant.parse("2026-03-01T23:31:00Z"));
      salts.lookAhead();

      // Then
      await().atMost(PATIENCE).until(() -> log.read().containsKey(DAY.plusDays(1)));
      byte[] second = salts.saltOf(DAY.plusDays(1));
      assertThat(salts.saltOf(DAY)).isEqualTo(first);

      // When
      now.set(Instant.parse("2026-03-02T23:59:59Z"));
      salts.lookAhead();
      log.becomeAway(true);

      // Then
      assertThat(salts.saltOf(DAY)).isEqualTo(first);
      assertThat(salts.saltOf(DAY.plusDays(1))).isEqualTo(second);
    }
  }

  @Test
  void aSaltIsForgottenWhenTheDayAfterHasEnded() {
    try (var salts = new TopicSalts(log, now::get, Duration.ofSeconds(1))) {
      byte[] first = salts.saltOf(DAY);
      assertThat(first).hasSize(32);

      now.set(Instant.parse("2026-03-03T00:00:00Z"));
      salts.lookAhead();
      log.becomeAway(true);

      assertThatThrownBy(() -> salts.saltOf(DAY)).isInstanceOf(SaltUnavailableException.class);
    }
  }

  @Test
  void nothingIsKnownAfterTheEnd() {
    TopicSalts salts = collector();
    salts.close();

    assertThatThrownBy(() -> salts.saltOf(DAY)).isInstanceOf(SaltUnavailableException.class);
  }
}
