package io.millrace.server.drill.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionStallsTest {

  @Test
  void theLongestPauseBetweenAcknowledgementsIsFound() {
    // Given
    List<Passage> passages =
        List.of(new Passage(3, 1_100, 1_200), new Passage(3, 4_100, 4_150), passage(3, 4_500));

    // When
    List<PartitionStalls> stalls = PartitionStalls.of(passages, 1_000, 5_000);

    // Then
    assertThat(stalls).extracting(PartitionStalls::partition).containsExactly(3);
    assertThat(stalls.getFirst().acknowledgements()).isEqualTo(new Stall(1_100, 3_000));
  }

  @Test
  void aPauseUpToTheEndCountsToo() {
    assertThat(
            PartitionStalls.of(List.of(passage(0, 1_100)), 1_000, 9_000)
                .getFirst()
                .acknowledgements())
        .isEqualTo(new Stall(1_100, 7_900));
  }

  @Test
  void processingStallsOnlyWhileSomethingWaits() {
    // Given: nothing waits from 1,200 to 6,000; then five events wait, of which one comes out late.
    List<Passage> passages =
        List.of(
            new Passage(0, 1_000, 1_200),
            new Passage(0, 6_000, 6_400),
            new Passage(0, 6_100, 8_900),
            new Passage(0, 6_200, 8_900));

    // Then
    assertThat(PartitionStalls.of(passages, 1_000, 9_000).getFirst().processing())
        .isEqualTo(new Stall(6_400, 2_500));
  }

  @Test
  void whatWasBeforeItWasWatchedDoesNotCount() {
    // Given: nothing is acknowledged after 1,200, and an event waits from then until 5,000.
    List<Passage> passages = List.of(new Passage(0, 1_100, 1_200), new Passage(0, 1_200, 5_000));

    // When it is watched from 4,000, and from 6,000
    PartitionStalls spanned = PartitionStalls.of(passages, 4_000, 5_500).getFirst();
    PartitionStalls past = PartitionStalls.of(passages, 6_000, 6_100).getFirst();

    // Then
    assertThat(spanned.acknowledgements()).isEqualTo(new Stall(4_000, 1_500));
    assertThat(spanned.processing()).isEqualTo(new Stall(4_000, 1_000));
    assertThat(past.processing()).isEqualTo(Stall.NONE);
  }

  @Test
  void eachPartitionHasItsOwn() {
    List<Passage> passages =
        List.of(
            new Passage(0, 1_000, 5_000),
            new Passage(1, 1_000, 1_100),
            new Passage(1, 4_000, 4_100));

    assertThat(PartitionStalls.of(passages, 1_000, 5_000))
        .extracting(stalls -> stalls.processing().millis())
        .containsExactly(4_000L, 100L);
  }

  private static Passage passage(int partition, long acknowledgedAt) {
    return new Passage(partition, acknowledgedAt, acknowledgedAt + 50);
  }
}
