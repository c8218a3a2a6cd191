package io.millrace.model.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InstanceDirectoryTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final InstanceDirectory directory = new InstanceDirectory(Duration.ofSeconds(10));
  private long order;

  private void says(String instance, long seconds, Integer... active) {
    directory.apply(
        new Announcement(
            instance,
            instance,
            "http://" + instance,
            Set.of("processor"),
            "1",
            new TreeSet<>(Arrays.asList(active)),
            List.of(),
            List.of()),
        order++,
        seconds * SECOND);
  }

  private void saysOfCopy(String instance, int partition, long lag) {
    saysOfCopy(instance, "processor", partition, lag);
  }

  private void saysOfCopy(String instance, String role, int partition, long lag) {
    directory.apply(
        new Announcement(
            instance,
            instance,
            "",
            Set.of(role),
            "1",
            Set.of(),
            List.of(new Announcement.Copy(partition, lag, -1)),
            List.of()),
        order++,
        0);
  }

  private List<String> claimants(int partition, long seconds) {
    return directory.claimants(partition, seconds * SECOND).stream()
        .map(InstanceDirectory.Member::instance)
        .toList();
  }

  @Test
  void countsAsAwayWhoHasSaidNothingForLong() {
    says("a", 0, 1);

    assertThat(claimants(1, 10)).containsExactly("a");
    assertThat(claimants(1, 11)).isEmpty();
    assertThat(directory.members()).hasSize(1);
  }

  @Test
  void believesWhoBeganLastToSayThatItHasAPartition() {
    // Given: b took over while a was paused
    says("a", 0, 1);
    says("b", 1, 1);

    // When: a goes on as if nothing had been
    says("a", 2, 1);

    // Then
    assertThat(claimants(1, 2)).containsExactly("b", "a");
    assertThat(directory.claimOf("b", 1)).isGreaterThan(directory.claimOf("a", 1));
  }

  @Test
  void believesWhoGetsAPartitionBack() {
    says("a", 0, 1);
    says("b", 1, 1);
    says("a", 2);
    says("b", 3);
    says("a", 4, 1);

    assertThat(claimants(1, 4)).containsExactly("a");
  }

  @Test
  void namesTheCopyFirstThatIsLeastBehind() {
    saysOfCopy("far", 2, 900);
    saysOfCopy("near", 2, 3);
    saysOfCopy("collector", "collector", 2, 0);

    assertThat(directory.copyists(2, 0).stream().map(InstanceDirectory.Member::instance))
        .containsExactly("near", "far");
    assertThat(directory.copyists(1, 0)).isEmpty();
  }

  @Test
  void forgetsWhoHasEndedAndWhoIsAwayForAnHour() {
    says("a", 0, 1);
    says("b", 0, 2);
    directory.leave("a");
    assertThat(directory.members()).hasSize(1);

    says("c", 3_700);

    assertThat(directory.members().stream().map(InstanceDirectory.Member::instance))
        .containsExactly("c");
  }
}
