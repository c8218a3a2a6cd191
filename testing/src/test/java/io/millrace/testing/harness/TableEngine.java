package io.millrace.testing.harness;

import io.millrace.model.Namespace;
import io.millrace.model.TopicLayout;
import io.millrace.ops.ControlLog;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.backfill.BackfillSettings;
import io.millrace.streams.backfill.Backfills;
import io.millrace.streams.table.TableFollowers;
import io.millrace.views.DefinedViews;
import io.millrace.views.sql.SqlViewCompiler;
import io.millrace.views.sql.TableCompiler;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TableLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The processing with views and reference tables that are defined in SQL while it runs: in this
 * process, or as the main class of one that is there to be killed.
 */
public final class TableEngine implements AutoCloseable {
  /** So few that a backfill takes long enough to be killed in the middle. */
  private static final int RECORDS_AT_ONCE = 50;

  private final ControlLog control;
  private final ReferenceTables tables;
  private final DefinedViews views;
  private final TableFollowers followers;
  private final ClickStreams streams;
  private final Backfills backfills;

  private TableEngine(String bootstrapServers, Path stateFolder) {
    Map<String, String> connection = Map.of("bootstrap.servers", bootstrapServers);
    control = ControlLog.open(connection, Namespace.DEFAULT);
    tables = new ReferenceTables(control.views(), TableCompiler::compile, TableLimits.DEFAULT);
    views = new DefinedViews(control.views(), new SqlViewCompiler(tables));
    followers = TableFollowers.start(connection, Namespace.DEFAULT, tables, views);
    streams = Engine.start(bootstrapServers, stateFolder, 0, views);
    backfills =
        Backfills.start(
            new BackfillSettings(
                connection,
                Namespace.DEFAULT,
                TopicLayout.LOCAL.clickPartitions(),
                TopicLayout.LOCAL.rollupPartitions(),
                RECORDS_AT_ONCE),
            views,
            streams,
            control::append,
            () -> true);
  }

  public static TableEngine start(String bootstrapServers, Path stateFolder) {
    return new TableEngine(bootstrapServers, stateFolder);
  }

  /**
   * Prints {@code running} when all tasks are; does not end by itself. Arguments: the cluster's
   * address, the folder of the state.
   */
  public static void main(String[] arguments) throws InterruptedException {
    TableEngine engine = start(arguments[0], Path.of(arguments[1]));
    Engine.awaitRunning(engine.streams);
    System.out.println("running");
    new CountDownLatch(1).await();
  }

  /** Starts it in a process of its own. */
  public static ChildJvm startChild(String bootstrapServers, Path stateFolder) {
    return ChildJvm.start(TableEngine.class.getName(), bootstrapServers, stateFolder.toString());
  }

  public ClickStreams streams() {
    return streams;
  }

  public ReferenceTables tables() {
    return tables;
  }

  public DefinedViews views() {
    return views;
  }

  @Override
  public void close() {
    backfills.close();
    streams.close();
    followers.close();
    control.close();
  }
}
