package io.millrace.streams.sharing;

import io.millrace.streams.sharing.WorkSharing.Shares;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment.AssignedTask;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignmentUtils;
import org.apache.kafka.streams.processor.assignment.TaskAssignor;
import org.apache.kafka.streams.processor.assignment.TaskInfo;
import org.apache.kafka.streams.processor.assignment.TaskTopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has {@link WorkSharing} decide who works on what, for Kafka Streams, which makes one anew for
 * each decision. Standby replicas are where Kafka Streams would have them.
 */
public final class WarmFirstAssignor implements TaskAssignor {
  private static final Logger log = LoggerFactory.getLogger(WarmFirstAssignor.class);

  /**
   * How soon it is looked whether a newcomer is warm and copies are ready. A look is a rebalance,
   * which costs the tasks that stay where they are nothing.
   */
  private static final Duration LOOK_AGAIN = Newcomers.WARM_UP.plusSeconds(1);

  private static final String MEMORY = "millrace.work.sharing";

  /** By which a process knows which of the group it is. */
  private static final String MEMBER_TAG = "member";

  private static final int TAG_LENGTH = 12;

  private Memory memory = new Memory("", new Newcomers(InstantSource.system()));

  /** What a process remembers from one decision to the next. */
  private record Memory(String member, Newcomers newcomers) {}

  /** Has an application share its work like this. */
  public static void install(Properties properties) {
    String member = UUID.randomUUID().toString().substring(0, TAG_LENGTH);
    properties.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, WarmFirstAssignor.class.getName());
    properties.put(StreamsConfig.CLIENT_TAG_PREFIX + MEMBER_TAG, member);
    properties.put(MEMORY, new Memory(member, new Newcomers(InstantSource.system())));
  }

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(MEMORY) instanceof Memory known) {
      memory = known;
    }
  }

  @Override
  public TaskAssignment assign(ApplicationState application) {
    Map<ProcessId, KafkaStreamsState> processes = application.kafkaStreamsStates(true);
    memory.newcomers.note(
        processes.values().stream()
            .collect(
                Collectors.toMap(
                    KafkaStreamsState::processId,
                    process -> !process.previousActiveTasks().isEmpty())));
    Set<ProcessId> warm = memory.newcomers.warm();
    Shares shares =
        WorkSharing.share(
            processes.values().stream().map(process -> worker(process, warm)).toList(),
            application.allTasks().values().stream().map(WarmFirstAssignor::work).toList(),
            application.assignmentConfigs().acceptableRecoveryLag(),
            application.assignmentConfigs().maxWarmupReplicas());
    log.atInfo()
        .addKeyValue("processes", processes.size())
        .addKeyValue("warm", warm.size())
        .addKeyValue("warmingUp", shares.warmingUp().size())
        .addKeyValue("settled", shares.isSettled())
        .log("Work is shared");
    return new TaskAssignment(assignments(application, processes, shares));
  }

  private static Worker worker(KafkaStreamsState process, Set<ProcessId> warm) {
    return new Worker(
        process.processId(),
        process.numProcessingThreads(),
        process.previousActiveTasks(),
        lags(process),
        warm.contains(process.processId()),
        process.rackId());
  }

  /** Where the brokers do not tell how much there is, a copy counts for what it is: one. */
  private static Map<TaskId, Long> lags(KafkaStreamsState process) {
    var lags = new HashMap<TaskId, Long>();
    process
        .statefulTasksToLagSums()
        .forEach(
            (task, lag) -> {
              if (lag >= 0) {
                lags.put(task, lag);
              } else if (process.previousStandbyTasks().contains(task)) {
                lags.put(task, 0L);
              }
            });
    return lags;
  }

  private static Work work(TaskInfo task) {
    Set<String> racks =
        task.topicPartitions().stream()
            .filter(TaskTopicPartition::isSource)
            .flatMap(partition -> partition.rackIds().stream().flatMap(Set::stream))
            .collect(Collectors.toSet());
    return new Work(task.id(), task.isStateful(), racks);
  }

  private List<KafkaStreamsAssignment> assignments(
      ApplicationState application, Map<ProcessId, KafkaStreamsState> processes, Shares shares) {
    var assignments = new HashMap<ProcessId, KafkaStreamsAssignment>();
    processes.keySet().forEach(id -> assignments.put(id, of(id, shares.working())));
    TaskAssignmentUtils.defaultStandbyTaskAssignment(application, assignments);
    shares
        .warmingUp()
        .forEach(
            (task, process) -> addCopy(task, Objects.requireNonNull(assignments.get(process))));
    if (!shares.isSettled()) {
      own(processes)
          .ifPresent(
              id -> assignments.computeIfPresent(id, (_, assignment) -> lookingAgain(assignment)));
    }
    return List.copyOf(assignments.values());
  }

  private static KafkaStreamsAssignment lookingAgain(KafkaStreamsAssignment assignment) {
    return assignment.withFollowupRebalance(InstantSource.system().instant().plus(LOOK_AGAIN));
  }

  private static void addCopy(TaskId task, KafkaStreamsAssignment assignment) {
    if (!assignment.tasks().containsKey(task)) {
      assignment.assignTask(new AssignedTask(task, AssignedTask.Type.STANDBY));
    }
  }

  /** This process, whose clock tells when to look again. */
  private Optional<ProcessId> own(Map<ProcessId, KafkaStreamsState> processes) {
    return processes.values().stream()
        .filter(process -> memory.member.equals(process.clientTags().get(MEMBER_TAG)))
        .map(KafkaStreamsState::processId)
        .findFirst();
  }

  private static KafkaStreamsAssignment of(ProcessId process, Map<TaskId, ProcessId> working) {
    var tasks = new HashSet<AssignedTask>();
    working.forEach(
        (task, worker) -> {
          if (worker.equals(process)) {
            tasks.add(new AssignedTask(task, AssignedTask.Type.ACTIVE));
          }
        });
    return KafkaStreamsAssignment.of(process, tasks);
  }
}
