package io.millrace.streams.rollup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Calls a processor right before each commit, and asks for commits at a {@link CommitPace}. Belongs
 * to the thread of its task.
 */
public final class Commits {
  private final ProcessorContext<?, ?> context;
  private final CommitHook hook;
  private final CommitPace pace;
  private final Deadline deadline;
  private final List<Deadline> deadlines = new ArrayList<>();
  private final List<Cancellable> repeated = new ArrayList<>();

  private Commits(ProcessorContext<?, ?> context, CommitHook hook, CommitPace pace) {
    this.context = context;
    this.hook = hook;
    this.pace = pace;
    this.deadline = deadline(pace.live(), context::commit);
  }

  /**
   * Those of the processor whose init calls this.
   *
   * @param store a {@link CommitHookBuilder}'s, of this processor alone
   * @param before forwards and writes what was gathered since the last commit, which goes into the
   *     same transaction
   */
  public static Commits bind(
      ProcessorContext<?, ?> context, String store, CommitPace pace, Runnable before) {
    CommitHook hook = context.getStateStore(store);
    var commits = new Commits(context, hook, pace);
    hook.bind(
        context,
        () -> {
          commits.deadline.cancel();
          before.run();
        });
    return commits;
  }

  /**
   * To be called while a record is processed of which something was gathered.
   *
   * @param recordTime when a collector received it, or the latest event in it; in milliseconds
   *     since 1970
   */
  public void gathered(long recordTime) {
    hook.gathered();
    if (!isBehind(recordTime)) {
      deadline.set();
    }
  }

  /** Does something again and again; a commit follows each time. */
  public void repeat(Duration interval, Runnable work) {
    repeated.add(
        context.schedule(
            interval,
            PunctuationType.WALL_CLOCK_TIME,
            now -> {
              work.run();
              hook.gathered();
            }));
  }

  /** A deadline that ends with {@link #close}. */
  Deadline deadline(Duration delay, Runnable action) {
    var made = new Deadline(context, delay, action);
    deadlines.add(made);
    return made;
  }

  /**
   * To be called when the processor is closed. Kafka Streams keeps the punctuations of a task that
   * it revives; those of before would go on with objects of a transaction that was aborted.
   */
  public void close() {
    repeated.forEach(Cancellable::cancel);
    deadlines.forEach(Deadline::cancel);
    hook.unbind();
  }

  /** Whether a record of a time shows that the processing is behind. */
  boolean isBehind(long recordTime) {
    return pace.isBehind(recordTime, context.currentSystemTimeMs());
  }
}
