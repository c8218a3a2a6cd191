package io.millrace.testing.harness;

import io.millrace.model.Namespace;
import io.millrace.model.TopicLayout;
import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewDefinition;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.ops.ControlLog;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.backfill.BackfillSettings;
import io.millrace.streams.backfill.Backfills;
import io.millrace.streams.session.SessionConfig;
import io.millrace.streams.session.SiteInactivity;
import io.millrace.views.DefinedViews;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The processing with views that are defined while it runs, copies of built-in ones, and with their
 * backfills: in this process, or as the main class of one that is there to be killed.
 */
public final class DefiningEngine implements AutoCloseable {
  /** So few that a backfill takes long enough to be killed in the middle. */
  private static final int FEW_RECORDS_AT_ONCE = 50;

  /** Of one that is not to be killed. */
  private static final int RECORDS_AT_ONCE = 1_000;

  /** So short that sessions are closed, and joined by late events, while a test runs. */
  public static final Duration SHORT_INACTIVITY = Duration.ofSeconds(10);

  private static final SessionConfig SHORT_SESSIONS =
      new SessionConfig(SHORT_INACTIVITY, Duration.ofSeconds(1), 1_000);

  private static final String SHORT = "short";

  private final ControlLog control;
  private final ClickStreams streams;
  private final DefinedViews views;
  private final BackfillSettings settings;
  private final Backfills backfills;

  private DefiningEngine(
      String bootstrapServers, Path stateFolder, boolean hasShortSessions, int recordsAtOnce) {
    Map<String, String> connection = Map.of("bootstrap.servers", bootstrapServers);
    control = ControlLog.open(connection, Namespace.DEFAULT);
    views = new DefinedViews(control.views(), new ViewCopies());
    streams =
        hasShortSessions
            ? Engine.start(
                bootstrapServers, stateFolder, 0, views, SHORT_SESSIONS, SiteInactivity.USUAL)
            : Engine.start(bootstrapServers, stateFolder, 0, views);
    settings =
        new BackfillSettings(
            connection,
            Namespace.DEFAULT,
            TopicLayout.LOCAL.clickPartitions(),
            TopicLayout.LOCAL.rollupPartitions(),
            recordsAtOnce);
    backfills = startBackfills();
  }

  /** Another one that gives views their past, as in a second process. */
  public Backfills startBackfills() {
    return Backfills.start(settings, views, streams, control::append, () -> true);
  }

  public static DefiningEngine start(String bootstrapServers, Path stateFolder) {
    return new DefiningEngine(bootstrapServers, stateFolder, false, RECORDS_AT_ONCE);
  }

  /** One whose sessions are over after {@link #SHORT_INACTIVITY}. */
  public static DefiningEngine startWithShortSessions(String bootstrapServers, Path stateFolder) {
    return new DefiningEngine(bootstrapServers, stateFolder, true, RECORDS_AT_ONCE);
  }

  /**
   * Prints {@code running} when all tasks are; does not end by itself. Arguments: the cluster's
   * address, the folder of the state, and {@code short} for short sessions.
   */
  public static void main(String[] arguments) throws InterruptedException {
    boolean hasShortSessions = arguments.length > 2 && arguments[2].equals(SHORT);
    var engine =
        new DefiningEngine(
            arguments[0], Path.of(arguments[1]), hasShortSessions, FEW_RECORDS_AT_ONCE);
    Engine.awaitRunning(engine.streams);
    System.out.println("running");
    new CountDownLatch(1).await();
  }

  /** Starts it in a process of its own. */
  public static ChildJvm startChild(String bootstrapServers, Path stateFolder) {
    return ChildJvm.start(DefiningEngine.class.getName(), bootstrapServers, stateFolder.toString());
  }

  /** Starts one with short sessions in a process of its own. */
  public static ChildJvm startChildWithShortSessions(String bootstrapServers, Path stateFolder) {
    return ChildJvm.start(
        DefiningEngine.class.getName(), bootstrapServers, stateFolder.toString(), SHORT);
  }

  public ClickStreams streams() {
    return streams;
  }

  /** Defines a copy of a built-in view. */
  public static void define(
      ControlLog control, ViewGeneration view, String original, ViewStart start) {
    control.append(new ControlCommand.DefineView(view, original, start));
  }

  /** How far a view has its past; empty when it is gone. */
  public static Optional<BackfillState> stateOf(ControlLog control, ViewGeneration view) {
    return control.views().known().definition(view).map(ViewDefinition::backfill);
  }

  @Override
  public void close() {
    backfills.close();
    streams.close();
    control.close();
  }
}
