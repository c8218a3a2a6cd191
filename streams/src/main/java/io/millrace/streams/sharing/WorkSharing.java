package io.millrace.streams.sharing;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ProcessId;

/**
 * Shares tasks among processes so that nothing stands still for longer than it must:
 *
 * <ul>
 *   <li>What somebody works on stays there, unless another has too little to do.
 *   <li>What nobody works on goes to one that has its state.
 *   <li>Work moves only to a process that is warm and has a copy of the state. One that has none is
 *       told to make it, and is looked at again.
 * </ul>
 *
 * <p>Each part of the topology is shared evenly by itself, since a task of one costs more than one
 * of another, and then the number of all tasks. The same input gives the same result in every
 * process.
 */
final class WorkSharing {
  private final List<Worker> workers;
  private final Map<TaskId, Work> tasks = new TreeMap<>();
  private final long acceptableLag;
  private final int mostWarmUps;

  /** Who works on what from now on, and who will as soon as its copy is ready. */
  private final Map<TaskId, Worker> chosen = new TreeMap<>();

  private final Map<TaskId, Worker> planned = new TreeMap<>();

  /**
   * What is to be done.
   *
   * @param working who works on each task
   * @param warmingUp copies that are to be made beyond the usual ones
   * @param isSettled whether all is as it should be; otherwise it is to be looked at again
   */
  record Shares(
      Map<TaskId, ProcessId> working, Map<TaskId, ProcessId> warmingUp, boolean isSettled) {
    Shares {
      working = Map.copyOf(working);
      warmingUp = Map.copyOf(warmingUp);
    }
  }

  private WorkSharing(
      Collection<Worker> workers, Collection<Work> tasks, long acceptableLag, int mostWarmUps) {
    this.workers = workers.stream().sorted(comparing(Worker::id)).toList();
    tasks.forEach(task -> this.tasks.put(task.id(), task));
    this.acceptableLag = acceptableLag;
    this.mostWarmUps = mostWarmUps;
  }

  /**
   * Shares tasks among processes.
   *
   * @param workers at least one
   * @param acceptableLag by how many records a copy may be behind when its process takes over
   * @param mostWarmUps so many copies beyond the usual ones are made at a time, at most
   */
  static Shares share(
      Collection<Worker> workers, Collection<Work> tasks, long acceptableLag, int mostWarmUps) {
    return new WorkSharing(workers, tasks, acceptableLag, mostWarmUps).share();
  }

  private Shares share() {
    for (Worker worker : workers) {
      worker.working().stream()
          .filter(tasks::containsKey)
          .forEach(task -> chosen.putIfAbsent(task, worker));
    }
    tasks.values().stream()
        .filter(task -> !chosen.containsKey(task.id()))
        .forEach(task -> chosen.put(task.id(), bestFor(task)));
    planned.putAll(chosen);
    subtopologies().forEach(this::level);
    levelAll();
    return shares();
  }

  private Shares shares() {
    var working = new HashMap<TaskId, ProcessId>();
    var warmingUp = new HashMap<TaskId, ProcessId>();
    chosen.forEach((task, worker) -> working.put(task, worker.id()));
    boolean isSettled = workers.stream().allMatch(Worker::isWarm);
    for (Map.Entry<TaskId, Worker> plan : planned.entrySet()) {
      if (!isSame(chosenFor(plan.getKey()), plan.getValue())) {
        isSettled = false;
        if (warmingUp.size() < mostWarmUps) {
          warmingUp.put(plan.getKey(), plan.getValue().id());
        }
      }
    }
    return new Shares(working, warmingUp, isSettled);
  }

  /** Of those with the state one that is warm, of these the one with the least to do. */
  private Worker bestFor(Work task) {
    return workers.stream()
        .min(
            comparingInt((Worker worker) -> distance(worker, task))
                .thenComparing(worker -> !worker.isWarm())
                .thenComparingDouble(worker -> load(worker, task.id().subtopology(), chosen))
                .thenComparingDouble(worker -> load(worker, chosen))
                .thenComparing(worker -> !task.isNear(worker.rack()))
                .thenComparing(Worker::id))
        .orElseThrow();
  }

  private Worker chosenFor(TaskId task) {
    return Objects.requireNonNull(chosen.get(task));
  }

  /** In powers of ten, so that a little less to read does not outweigh having less to do. */
  private int distance(Worker worker, Work task) {
    return isReady(worker, task) ? 0 : Long.toString(worker.lag(task.id())).length();
  }

  private boolean isReady(Worker worker, Work task) {
    return !task.hasState() || worker.lag(task.id()) <= acceptableLag;
  }

  private Stream<Integer> subtopologies() {
    return tasks.keySet().stream().map(TaskId::subtopology).distinct();
  }

  /** Takes tasks of a part of the topology from who has most of them to who has least. */
  private void level(int subtopology) {
    var least = comparingDouble((Worker worker) -> load(worker, subtopology, planned));
    while (true) {
      Optional<Worker> from = most(least);
      Optional<Worker> to = least(least);
      if (to.isEmpty()
          || load(from.orElseThrow(), subtopology, planned)
              <= (count(to.get(), subtopology, planned) + 1.0) / to.get().threads()) {
        return;
      }
      move(from.get(), to.get(), Set.of(subtopology));
    }
  }

  /** The same with all tasks, as far as each part of the topology stays level. */
  private void levelAll() {
    var least = comparingDouble((Worker worker) -> load(worker, planned));
    while (true) {
      Worker from = most(least).orElseThrow();
      Optional<Worker> to = least(least);
      if (to.isEmpty()
          || load(from, planned) <= (count(to.get(), planned) + 1.0) / to.get().threads()) {
        return;
      }
      var movable = new HashSet<Integer>();
      subtopologies()
          .filter(part -> load(from, part, planned) > load(to.get(), part, planned))
          .forEach(movable::add);
      if (movable.isEmpty()) {
        return;
      }
      move(from, to.get(), movable);
    }
  }

  private Optional<Worker> most(Comparator<Worker> byLoad) {
    return workers.stream().max(byLoad.thenComparing(Worker::id));
  }

  private Optional<Worker> least(Comparator<Worker> byLoad) {
    return workers.stream().filter(Worker::isWarm).min(byLoad.thenComparing(Worker::id));
  }

  /** One for which the other is ready goes at once, any other as soon as it is. */
  private void move(Worker from, Worker to, Set<Integer> subtopologies) {
    Work task =
        planned.entrySet().stream()
            .filter(plan -> isSame(plan.getValue(), from))
            .map(plan -> tasks.get(plan.getKey()))
            .filter(candidate -> subtopologies.contains(candidate.id().subtopology()))
            .min(
                comparing((Work candidate) -> !isReady(to, candidate))
                    .thenComparing(candidate -> !isSame(chosenFor(candidate.id()), from))
                    .thenComparing(candidate -> !candidate.isNear(to.rack()))
                    .thenComparing(Work::id))
            .orElseThrow();
    planned.put(task.id(), to);
    if (isReady(to, task)) {
      chosen.put(task.id(), to);
    }
  }

  private static double load(Worker worker, Map<TaskId, Worker> of) {
    return (double) count(worker, of) / worker.threads();
  }

  private static double load(Worker worker, int subtopology, Map<TaskId, Worker> of) {
    return (double) count(worker, subtopology, of) / worker.threads();
  }

  private static long count(Worker worker, Map<TaskId, Worker> of) {
    return of.values().stream().filter(other -> isSame(other, worker)).count();
  }

  private static long count(Worker worker, int subtopology, Map<TaskId, Worker> of) {
    return of.entrySet().stream()
        .filter(share -> share.getKey().subtopology() == subtopology)
        .filter(share -> isSame(share.getValue(), worker))
        .count();
  }

  private static boolean isSame(Worker one, Worker other) {
    return one.id().equals(other.id());
  }
}
