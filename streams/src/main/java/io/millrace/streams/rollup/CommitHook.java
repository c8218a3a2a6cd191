package io.millrace.streams.rollup;

import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Calls its owner right before each commit of a task, so that what was gathered since the last one
 * goes downstream within the same transaction. It stores nothing itself: after a crash the
 * transaction aborts, the input is read again and gathered again. Numbers that are to be committed
 * with the position of the task's input go through it too.
 *
 * <p>Kafka Streams has no such hook in its public interface. It calls {@code flushCache()} on every
 * store that is a {@link CachedStateStore} before it sends the rest of a task's records and
 * commits, also when the task is revoked or closed. A punctuator is no substitute, since a commit
 * can fall between two of them. This is the one class of this program that depends on internals of
 * Kafka Streams; its contract is tested against the real thing ({@code CommitHookContractTest}).
 *
 * <p>Belongs to the thread of its task.
 */
final class CommitHook implements StateStore, CachedStateStore<byte[], byte[]> {
  private final String name;
  private boolean open;
  private @Nullable Owner owner;
  private @Nullable ProcessorRecordContext latestRecord;

  /** Who is called, and the node of the topology in whose name. */
  private record Owner(
      InternalProcessorContext<?, ?> context,
      ProcessorNode<?, ?, ?, ?> node,
      Runnable check,
      Runnable beforeCommit) {}

  CommitHook(String name) {
    this.name = name;
  }

  /**
   * To be called from the owner's init.
   *
   * @param check is called before each commit
   * @param beforeCommit is called after it where something was gathered
   */
  void bind(ProcessorContext<?, ?> context, Runnable check, Runnable beforeCommit) {
    var internal = (InternalProcessorContext<?, ?>) context;
    owner = new Owner(internal, internal.currentNode(), check, beforeCommit);
  }

  /** To be called when the owner is closed: what it had gathered is no longer anybody's. */
  void unbind() {
    owner = null;
    latestRecord = null;
  }

  /**
   * To be called when the owner has gathered from the current record: what is sent later is sent in
   * its context.
   */
  void gathered() {
    latestRecord = owner().context.recordContext();
  }

  /** What was committed with the positions of the task's input under a name; 0 if nothing was. */
  long committed(String key) {
    Long number = owner().context.processorMetadataForKey(key);
    return number == null ? 0 : number;
  }

  /**
   * Commits a number with the positions of the task's input: either both are there afterwards, or
   * neither is. To be called right before a commit.
   */
  void commit(String key, long number) {
    owner().context.addProcessorMetadataKeyValue(key, number);
  }

  /**
   * Writes what a store of the task keeps in its cache, if it has one. Those of the task's stores
   * are written before or after this one is called, in an order that nobody promises.
   */
  static void writeCacheOf(StateStore store) {
    if (store instanceof CachedStateStore<?, ?> cached) {
      cached.flushCache();
    }
  }

  private Owner owner() {
    Owner bound = owner;
    if (bound == null) {
      throw new IllegalStateException("not bound to a processor");
    }
    return bound;
  }

  @Override
  public void flushCache() {
    Owner bound = owner;
    if (bound == null) {
      return;
    }
    bound.check.run();
    ProcessorRecordContext record = latestRecord;
    if (record == null) {
      return;
    }
    ProcessorNode<?, ?, ?, ?> nodeBefore = bound.context.currentNode();
    ProcessorRecordContext recordBefore = bound.context.recordContext();
    bound.context.setCurrentNode(bound.node);
    bound.context.setRecordContext(record);
    try {
      bound.beforeCommit.run();
    } finally {
      bound.context.setRecordContext(recordBefore);
      bound.context.setCurrentNode(nodeBefore);
    }
    latestRecord = null;
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void clearCache() {
    // Called where a store's content is replaced from its changelog; this one has neither.
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(
        root,
        (key, value) -> {
          throw new IllegalStateException("a store without a changelog cannot be restored");
        });
    open = true;
  }

  @Override
  public void close() {
    open = false;
    unbind();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
