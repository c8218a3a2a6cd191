package io.millrace.streams.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.junit.jupiter.api.Test;

class NewcomersTest {
  private static final ProcessId ONE = new ProcessId(new UUID(0, 1));
  private static final ProcessId OTHER = new ProcessId(new UUID(0, 2));

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Newcomers newcomers = new Newcomers(() -> now);

  @Test
  void allAreWarmWhileTheGroupIsNew() {
    newcomers.note(Map.of(ONE, false));
    newcomers.note(Map.of(ONE, true, OTHER, false));

    assertThat(newcomers.warm()).containsExactlyInAnyOrder(ONE, OTHER);
  }

  @Test
  void oneThatJoinsIsColdForAWhile() {
    // Given one that works, as far as another sees it that begins to share the work
    newcomers.note(Map.of(ONE, true));

    // When
    newcomers.note(Map.of(ONE, true, OTHER, false));

    // Then
    assertThat(newcomers.warm()).containsExactly(ONE);

    // When
    now = now.plus(Newcomers.WARM_UP);

    // Then
    assertThat(newcomers.warm()).containsExactlyInAnyOrder(ONE, OTHER);
  }

  @Test
  void oneThatComesBackIsColdAgain() {
    // Given
    newcomers.note(Map.of(ONE, true, OTHER, true));

    // When
    newcomers.note(Map.of(ONE, true));
    newcomers.note(Map.of(ONE, true, OTHER, false));

    // Then
    assertThat(newcomers.warm()).containsExactly(ONE);
  }

  @Test
  void oneThatIsStartedAnewBeforeItIsMissedIsColdAgain() {
    // Given
    newcomers.note(Map.of(ONE, true, OTHER, true));

    // When
    newcomers.note(Map.of(ONE, true, OTHER, false));

    // Then
    assertThat(newcomers.warm()).containsExactly(ONE);

    // When it is looked at again before it is given work
    now = now.plus(Newcomers.WARM_UP);
    newcomers.note(Map.of(ONE, true, OTHER, false));

    // Then
    assertThat(newcomers.warm()).containsExactlyInAnyOrder(ONE, OTHER);
  }
}
