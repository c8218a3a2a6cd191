package io.millrace.streams.rollup;

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

  private Commits(ProcessorContext<?, ?> context, CommitHook hook, CommitPace pace) {
    this.context = context;
    this.hook = hook;
    this.pace = pace;
    this.deadline = new Deadline(context, pace.live(), context::commit);
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

  /**
   * To be called when something was gathered by a punctuation, after which a commit comes anyway.
   */
  public void gathered() {
    hook.gathered();
  }

  /** Whether a record of a time shows that the processing is behind. */
  boolean isBehind(long recordTime) {
    return pace.isBehind(recordTime, context.currentSystemTimeMs());
  }
}
