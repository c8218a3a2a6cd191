package io.millrace.streams.table;

import io.millrace.model.Namespace;
import io.millrace.views.DefinedView;
import io.millrace.views.DefinedViews;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.ReferenceTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of the reference tables that have a name, and of those that have none any
 * longer and views still read. One thread sees to it, and each table has one of its own.
 */
public final class TableFollowers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TableFollowers.class);
  private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMillis(200);

  private final Map<String, String> connection;
  private final TableTopics topics;
  private final ReferenceTables tables;
  private final DefinedViews views;
  private final List<TableFollower> followers = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private TableFollowers(
      Map<String, String> connection,
      Namespace namespace,
      ReferenceTables tables,
      DefinedViews views) {
    this.connection = Map.copyOf(connection);
    this.tables = tables;
    this.views = views;
    topics = new TableTopics(connection, namespace);
    thread = Thread.ofPlatform().name("reference-tables").daemon().unstarted(this::run);
  }

  /**
   * Begins to follow; to be started before the processing, which waits for tables to be read.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   */
  public static TableFollowers start(
      Map<String, String> connection,
      Namespace namespace,
      ReferenceTables tables,
      DefinedViews views) {
    var followers = new TableFollowers(connection, namespace, tables, views);
    followers.thread.start();
    return followers;
  }

  /**
   * Waits until the tables that views read have been read, or are known not to be. To be called
   * before the processing starts, whose tasks would fail and be tried again until then.
   *
   * @return whether they have been within the patience
   */
  public boolean awaitRead(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (DefinedView view : views.known().views()) {
        for (ReferenceTable table : view.plan().tables()) {
          if (!table.awaitSettled(Duration.ofNanos(deadline - System.nanoTime()))) {
            return false;
          }
        }
      }
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the cluster says about topics, for those who define tables. */
  public TableTopics topics() {
    return topics;
  }

  private void run() {
    try {
      do {
        follow();
      } while (!closed.await(LOOKS_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      // Closed.
    } finally {
      followers.forEach(TableFollower::close);
    }
  }

  private void follow() {
    try {
      Set<ReferenceTable> wanted = wanted();
      followers.stream()
          .filter(follower -> !wanted.contains(follower.table()))
          .forEach(TableFollower::close);
      followers.removeIf(follower -> !wanted.contains(follower.table()));
      followers.forEach(follower -> wanted.remove(follower.table()));
      wanted.forEach(table -> followers.add(TableFollower.start(connection, topics, table)));
    } catch (RuntimeException failure) {
      // Those that are followed are followed on.
      log.atWarn().setCause(failure).log("Reference tables are looked for again in a moment");
    }
  }

  private Set<ReferenceTable> wanted() {
    var read = new HashSet<ReferenceTable>();
    views.known().views().forEach(view -> read.addAll(view.plan().tables()));
    tables.forgetAllBut(read);
    var wanted = new HashSet<>(tables.known());
    wanted.addAll(read);
    return wanted;
  }

  /** Leaves off; waits for at most ten seconds. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(5));
      for (TableFollower follower : followers) {
        follower.awaitEnd();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      topics.close();
    }
  }
}
