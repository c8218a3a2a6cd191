package io.millrace.testing.harness;

import io.millrace.model.TopicLayout;
import io.millrace.streams.GroupSettings;
import io.millrace.streams.TaskCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the processors that share the work, with a folder of its own, in a process that is started
 * and ended again and again. Belongs to one thread.
 */
public final class GroupMember implements AutoCloseable {
  /** Those of both stages. */
  public static final int ALL_TASKS =
      TopicLayout.LOCAL.clickPartitions() + TopicLayout.LOCAL.rollupPartitions();

  private final String bootstrapServers;
  private final Path stateFolder;
  private final GroupSettings group;
  private Optional<ChildJvm> process = Optional.empty();

  public GroupMember(String bootstrapServers, Path stateFolder, GroupSettings group) {
    this.bootstrapServers = bootstrapServers;
    this.stateFolder = stateFolder;
    this.group = group;
  }

  public void start() {
    process.ifPresent(ChildJvm::close);
    process = Optional.of(Engine.startChild(bootstrapServers, stateFolder, group));
  }

  /** Stops it in order; gives its exit code. */
  public int stop(Duration patience) {
    return process().stop(patience);
  }

  /** Ends it with no chance to tidy up. */
  public void kill() {
    if (!process().killAlone()) {
      throw new AssertionError("had ended by itself:\n" + process().errors());
    }
  }

  /** Stops it where it is, so that it knows nothing of it when it goes on. */
  public void pause() {
    Signals.pause(process().pid());
  }

  public void resume() {
    Signals.resume(process().pid());
  }

  public boolean isAlive() {
    return process().isAlive();
  }

  /** What it has been given and works on; empty until it does. */
  public Optional<TaskCounts> tasks() {
    return Engine.tasksOf(process());
  }

  /** Whether it works on something. */
  public boolean works() {
    return tasks().filter(tasks -> tasks.active() > 0).isPresent();
  }

  /** What it has written, for the message of a test that fails. */
  public String words() {
    return process().output() + process().errors();
  }

  private ChildJvm process() {
    return process.orElseThrow(() -> new IllegalStateException("not started"));
  }

  public Path stateFolder() {
    return stateFolder;
  }

  /** Whether it has the stores of every task, as the one that works on it or as a copy. */
  public boolean hasStateOfAllTasks() {
    try (Stream<Path> folders = Files.list(stateFolder.resolve("millrace-processor"))) {
      List<Path> withStores =
          folders.filter(task -> Files.isDirectory(task.resolve("rocksdb"))).toList();
      return withStores.size() == ALL_TASKS;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Overwrites every file of every store with what is no store, while it is stopped. */
  public int corruptState() {
    try (Stream<Path> files = Files.walk(stateFolder)) {
      List<Path> stores =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().contains("rocksdb"))
              .toList();
      for (Path file : stores) {
        Files.writeString(file, "this is no store");
      }
      return stores.size();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    process.ifPresent(ChildJvm::close);
  }
}
