package io.millrace.streams.rollup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Calls a processor right before each commit, and asks for commits at a {@link CommitPace}. Belongs
 * to the thread of its task.
 *
 * <p>It also sees to it that what is committed is the work of all that came before, where Kafka
 * Streams does not:
 *
 * <ul>
 *   <li>It reads a store up to where its changelog ends, and takes that from the broker that it
 *       believes to lead the changelog. One that has been cut off and replaced does not know it,
 *       and names an end that others have written beyond: the task would go on where the one before
 *       had come to, with a store that lacks what it had done. So each commit that changes a store
 *       has a number, which is in the store and, in the same transaction, beside the position of
 *       the task's input; they must be the same.
 *   <li>When the state of one task breaks, it aborts the transaction that all tasks of the thread
 *       share, and has the others commit before; but not while the group shares its work. They
 *       would go on behind records of which nothing was committed.
 * </ul>
 *
 * <p>In either case the thread gives up all its tasks, as if they had been given to another, and
 * begins anew with what was committed.
 */
public final class Commits {
  /** At the next occasion: Kafka Streams takes a task that fails while it is opened for broken. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** How long a store that the position does not fit may be that of a broker's wrong answer. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(Commits.class);

  private final ProcessorContext<?, ?> context;
  private final CommitHook hook;
  private final CommitPace pace;
  private final TransactionWatch transactions;
  private final Deadline deadline;
  private final List<Deadline> deadlines = new ArrayList<>();
  private final List<Cancellable> repeated = new ArrayList<>();
  private final List<NumberedStore> stores = new ArrayList<>();
  private Runnable before = () -> {};
  private boolean isStale;

  /**
   * Whether it has met a record since it was opened. Before that Kafka Streams knows no position of
   * its input to commit a number with.
   */
  private boolean hasPosition;

  private boolean hasGathered;

  /** When the first was gathered that is not committed. */
  private long committedBefore;

  private long abortedBefore;

  private Commits(
      ProcessorContext<?, ?> context,
      CommitHook hook,
      CommitPace pace,
      TransactionWatch transactions) {
    this.context = context;
    this.hook = hook;
    this.pace = pace;
    this.transactions = transactions;
    this.deadline = made(pace.live(), context::commit);
  }

  /**
   * Those of the processor whose init calls this.
   *
   * @param hook name of a {@link CommitHookBuilder}'s store, of this processor alone
   * @param transactions of its thread, of which the producer tells
   */
  public static Commits bind(
      ProcessorContext<?, ?> context, String hook, CommitPace pace, TransactionWatch transactions) {
    CommitHook bound = context.getStateStore(hook);
    var commits = new Commits(context, bound, pace, transactions);
    bound.bind(context, commits::requireCommitted, commits::prepare);
    return commits;
  }

  /**
   * A store of the processor, which must not use it but through this. Whether it is what was
   * committed is found out here and told later: by {@link #isStale}, and by the end of the task
   * when it next does anything.
   */
  public KeyValueStore<byte[], byte[]> store(String name) {
    var store = new NumberedStore(context.getStateStore(name));
    stores.add(store);
    long committed = hook.committed(name);
    if (committed == 0 && store.number() > 0) {
      log.atWarn()
          .addKeyValue("task", context.taskId())
          .addKeyValue("store", name)
          .log("The positions of the group were set by somebody else; the state stays as it is");
    } else if (committed != store.number()) {
      judge(store, committed);
    }
    return store;
  }

  /** What a replaced broker tells is over in minutes; what the cluster has lost is so for good. */
  private void judge(NumberedStore store, long committed) {
    Duration known =
        transactions.disagreement(context.taskId(), store.name(), store.number(), committed);
    isStale |= known.compareTo(PATIENCE) < 0;
    log.atLevel(isStale ? Level.WARN : Level.ERROR)
        .addKeyValue("task", context.taskId())
        .addKeyValue("store", store.name())
        .addKeyValue("has", store.number())
        .addKeyValue("committed", committed)
        .log(
            isStale
                ? "A store is not of the last commit; it is thrown away and read again"
                : "The cluster has no other state than one that is not of the last commit; it is"
                    + " taken, and views may be wrong: ask the audit");
    if (isStale) {
      made(AT_ONCE, this::requireCommitted).set();
    } else {
      store.follow(committed);
    }
  }

  /** Whether the processor has stores that are not of the last commit; nobody should read them. */
  boolean isStale() {
    return isStale;
  }

  /**
   * To be called before a record is processed.
   *
   * @throws TaskMigratedException when the work would not go on where the last commit left it
   */
  public void requireCommitted() {
    if (isStale) {
      throw new TaskMigratedException("a store is not of the last commit: " + context.taskId());
    }
    if (hasGathered && transactions.committed() != committedBefore) {
      hasGathered = false;
    }
    if (hasGathered && transactions.aborted() != abortedBefore) {
      throw new TaskMigratedException(
          "what was done since the last commit was aborted: " + context.taskId());
    }
  }

  /**
   * What the processor does before each commit.
   *
   * @param action forwards and writes what was gathered since the last one, which goes into the
   *     same transaction
   */
  public void before(Runnable action) {
    before = action;
  }

  private void prepare() {
    deadline.cancel();
    before.run();
    if (!hasPosition) {
      return;
    }
    for (NumberedStore store : stores) {
      if (store.hasChanged()) {
        store.count();
        CommitHook.writeCacheOf(store.unwrapped());
      }
      if (store.number() > 0) {
        hook.commit(store.name(), store.number());
      }
    }
  }

  /**
   * To be called while a record is processed of which something was gathered.
   *
   * @param recordTime when a collector received it, or the latest event in it; in milliseconds
   *     since 1970
   */
  public void gathered(long recordTime) {
    hasPosition = true;
    note();
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
              note();
            }));
  }

  private void note() {
    requireCommitted();
    if (!hasGathered) {
      hasGathered = true;
      committedBefore = transactions.committed();
      abortedBefore = transactions.aborted();
    }
    hook.gathered();
  }

  /** A deadline that ends with {@link #close}; a commit follows what is done then. */
  Deadline deadline(Duration delay, Runnable action) {
    return made(
        delay,
        () -> {
          action.run();
          note();
        });
  }

  private Deadline made(Duration delay, Runnable action) {
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
