package io.millrace.streams.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.streams.sharing.WorkSharing.Shares;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.junit.jupiter.api.Test;

class WorkSharingTest {
  private static final long ACCEPTABLE_LAG = 100;
  private static final int MOST_WARM_UPS = 2;
  private static final ProcessId ONE = process(1);
  private static final ProcessId OTHER = process(2);
  private static final ProcessId THIRD = process(3);

  /** As ours: eight partitions of clicks and four of cells. */
  private static final List<Work> TASKS =
      IntStream.range(0, 12)
          .mapToObj(i -> new TaskId(i < 8 ? 0 : 1, i < 8 ? i : i - 8))
          .map(id -> new Work(id, true, Set.of()))
          .toList();

  private static final Set<TaskId> ALL =
      TASKS.stream().map(Work::id).collect(Collectors.toUnmodifiableSet());

  private static ProcessId process(int number) {
    return new ProcessId(new UUID(0, number));
  }

  private static Worker worker(
      ProcessId id, Set<TaskId> working, Map<TaskId, Long> lags, boolean isWarm) {
    return new Worker(id, 1, working, lags, isWarm, Optional.empty());
  }

  private static Map<TaskId, Long> copiesOf(Set<TaskId> tasks) {
    return tasks.stream().collect(Collectors.toMap(task -> task, _ -> 0L));
  }

  private static Shares share(Worker... workers) {
    return WorkSharing.share(List.of(workers), TASKS, ACCEPTABLE_LAG, MOST_WARM_UPS);
  }

  private static Set<TaskId> of(ProcessId process, Shares shares) {
    return shares.working().entrySet().stream()
        .filter(share -> share.getValue().equals(process))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static long inPart(int subtopology, Set<TaskId> tasks) {
    return tasks.stream().filter(task -> task.subtopology() == subtopology).count();
  }

  @Test
  void aNewGroupIsSharedEvenlyInEachPart() {
    Shares shares =
        share(worker(ONE, Set.of(), Map.of(), true), worker(OTHER, Set.of(), Map.of(), true));

    assertThat(shares.isSettled()).isTrue();
    for (ProcessId process : List.of(ONE, OTHER)) {
      assertThat(inPart(0, of(process, shares))).isEqualTo(4);
      assertThat(inPart(1, of(process, shares))).isEqualTo(2);
    }
  }

  @Test
  void aColdProcessIsGivenNothingThatSomebodyWorksOn() {
    Shares shares =
        share(worker(ONE, ALL, Map.of(), true), worker(OTHER, Set.of(), copiesOf(ALL), false));

    assertThat(of(ONE, shares)).isEqualTo(ALL);
    assertThat(shares.isSettled()).isFalse();
  }

  @Test
  void aWarmProcessWithCopiesIsGivenItsShare() {
    Shares shares =
        share(worker(ONE, ALL, Map.of(), true), worker(OTHER, Set.of(), copiesOf(ALL), true));

    assertThat(inPart(0, of(OTHER, shares))).isEqualTo(4);
    assertThat(inPart(1, of(OTHER, shares))).isEqualTo(2);
    assertThat(shares.isSettled()).isTrue();
  }

  @Test
  void aWarmProcessWithoutCopiesMakesThemFirst() {
    Shares shares =
        share(worker(ONE, ALL, Map.of(), true), worker(OTHER, Set.of(), Map.of(), true));

    assertThat(of(ONE, shares)).isEqualTo(ALL);
    assertThat(shares.warmingUp()).hasSize(MOST_WARM_UPS).containsValue(OTHER);
    assertThat(shares.isSettled()).isFalse();
  }

  @Test
  void theWorkOfOneThatIsGoneGoesToWhoHasItsState() {
    Set<TaskId> first = TASKS.stream().limit(6).map(Work::id).collect(Collectors.toSet());
    Set<TaskId> lost = TASKS.stream().skip(10).map(Work::id).collect(Collectors.toSet());
    Set<TaskId> second =
        ALL.stream()
            .filter(task -> !first.contains(task) && !lost.contains(task))
            .collect(Collectors.toSet());

    Shares shares =
        share(worker(ONE, first, Map.of(), true), worker(OTHER, second, copiesOf(lost), true));

    assertThat(of(OTHER, shares)).containsAll(lost);
  }

  @Test
  void partsWithOneTaskMoreAreNotAllOfTheSameProcess() {
    // Given three tasks in each of two parts
    List<Work> tasks =
        IntStream.range(0, 6)
            .mapToObj(i -> new Work(new TaskId(i / 3, i % 3), true, Set.of()))
            .toList();
    List<Worker> workers =
        List.of(worker(ONE, Set.of(), Map.of(), true), worker(OTHER, Set.of(), Map.of(), true));

    // When
    Shares shares = WorkSharing.share(workers, tasks, ACCEPTABLE_LAG, MOST_WARM_UPS);

    // Then
    assertThat(of(ONE, shares)).hasSize(3);
  }

  @Test
  void aProcessWithTwiceTheThreadsHasTwiceTheWork() {
    List<Worker> workers =
        List.of(
            worker(ONE, ALL, Map.of(), true),
            new Worker(OTHER, 2, Set.of(), copiesOf(ALL), true, Optional.empty()));

    Shares shares = WorkSharing.share(workers, TASKS, ACCEPTABLE_LAG, MOST_WARM_UPS);

    assertThat(of(OTHER, shares)).hasSize(8);
  }

  @Test
  void whatMovesIsWhatHasItsReplicasInTheRack() {
    // Given
    List<Work> tasks =
        IntStream.range(0, 4)
            .mapToObj(i -> new Work(new TaskId(0, i), true, Set.of(i < 2 ? "a" : "b")))
            .toList();
    Set<TaskId> all = tasks.stream().map(Work::id).collect(Collectors.toSet());
    List<Worker> workers =
        List.of(
            new Worker(ONE, 1, all, Map.of(), true, Optional.of("a")),
            new Worker(OTHER, 1, Set.of(), copiesOf(all), true, Optional.of("b")));

    // When
    Shares shares = WorkSharing.share(workers, tasks, ACCEPTABLE_LAG, MOST_WARM_UPS);

    // Then
    assertThat(of(OTHER, shares)).containsExactlyInAnyOrder(new TaskId(0, 2), new TaskId(0, 3));
  }

  @Property(tries = 300)
  void eachTaskHasOneWorkerAndWhatIsSettledStays(
      @ForAll @Size(12) List<@IntRange(min = 0, max = 3) Integer> owners,
      @ForAll @Size(36) List<@IntRange(min = 0, max = 200) Integer> lags,
      @ForAll @Size(3) List<Boolean> warm) {
    // Given
    List<Worker> workers = workers(owners, lags, warm);

    // When
    Shares shares = WorkSharing.share(workers, TASKS, ACCEPTABLE_LAG, MOST_WARM_UPS);

    // Then
    assertThat(shares.working()).containsOnlyKeys(ALL);
    for (Worker worker : workers) {
      Set<TaskId> added =
          of(worker.id(), shares).stream()
              .filter(task -> owners.get(TASKS.indexOf(new Work(task, true, Set.of()))) < 3)
              .filter(task -> !worker.working().contains(task))
              .collect(Collectors.toSet());
      assertThat(added)
          .allSatisfy(task -> assertThat(worker.lag(task)).isLessThanOrEqualTo(ACCEPTABLE_LAG));
      assertThat(added.isEmpty() || worker.isWarm()).isTrue();
    }

    // When what was decided is so, and every process has all copies
    List<Worker> later =
        workers.stream()
            .map(worker -> worker(worker.id(), of(worker.id(), shares), copiesOf(ALL), true))
            .toList();
    Shares level = WorkSharing.share(later, TASKS, ACCEPTABLE_LAG, MOST_WARM_UPS);

    // Then each has a third of each part, as far as it goes, and nothing moves any more
    assertThat(level.isSettled()).isTrue();
    for (Worker worker : later) {
      assertThat(of(worker.id(), level)).hasSize(4);
      assertThat(inPart(0, of(worker.id(), level))).isBetween(2L, 3L);
    }
    List<Worker> last =
        later.stream()
            .map(worker -> worker(worker.id(), of(worker.id(), level), copiesOf(ALL), true))
            .toList();
    assertThat(WorkSharing.share(last, TASKS, ACCEPTABLE_LAG, MOST_WARM_UPS)).isEqualTo(level);
  }

  private static List<Worker> workers(
      List<Integer> owners, List<Integer> lags, List<Boolean> warm) {
    var workers = new ArrayList<Worker>();
    for (ProcessId id : List.of(ONE, OTHER, THIRD)) {
      int number = workers.size();
      Map<TaskId, Long> behind =
          IntStream.range(0, TASKS.size())
              .boxed()
              .collect(
                  Collectors.toMap(
                      i -> TASKS.get(i).id(), i -> (long) lags.get(number * TASKS.size() + i)));
      Set<TaskId> working =
          IntStream.range(0, TASKS.size())
              .filter(i -> owners.get(i) == number)
              .mapToObj(i -> TASKS.get(i).id())
              .collect(Collectors.toSet());
      workers.add(worker(id, working, behind, warm.get(number)));
    }
    return workers;
  }
}
