package io.millrace.query.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TableGeneration;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.views.BackfillProgress;
import io.millrace.views.DefinedViews;
import io.millrace.views.DefinitionsUnavailableException;
import io.millrace.views.JudgedClick;
import io.millrace.views.ViewControl;
import io.millrace.views.sql.SqlViewCompiler;
import io.millrace.views.sql.Statement;
import io.millrace.views.sql.StatementParser;
import io.millrace.views.table.ReferenceTables;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ViewChangesTest {
  private static final String TEXT =
      "MATERIALIZED VIEW mine AS SELECT path, COUNT(*) AS n FROM clicks GROUP BY path";
  private static final ViewGeneration FIRST = new ViewGeneration("mine", 1);
  private static final ViewGeneration SECOND = new ViewGeneration("mine", 2);

  private final ViewDefinitions definitions = new ViewDefinitions();

  /** Commands of another process that come before the next one of this process. */
  private final Deque<ControlCommand> ofOthers = new ArrayDeque<>();

  /** What another thread of this process does as soon as a command has its effect. */
  private Runnable afterwards = () -> {};

  private final SqlViewCompiler compiler = new SqlViewCompiler(ReferenceTables.none());
  private final CountDownLatch isCompiling = new CountDownLatch(1);
  private final DefinedViews views =
      new DefinedViews(
          definitions,
          (name, text) -> {
            isCompiling.countDown();
            return compiler.compile(name, text);
          });

  private final ViewControl control =
      new ViewControl() {
        @Override
        public void append(ControlCommand command) {
          while (!ofOthers.isEmpty()) {
            definitions.apply(ofOthers.remove());
          }
          definitions.apply(command);
          afterwards.run();
        }

        @Override
        public Optional<BackfillProgress> progress(ViewGeneration view) {
          return Optional.empty();
        }

        @Override
        public List<JudgedClick> latest(int atMost) {
          return List.of();
        }
      };

  private final ViewChanges changes =
      new ViewChanges(new Definer(views, control, new ReentrantLock(), "ada"));

  private SqlAnswer create(String text) {
    return changes.create((Statement.CreateView) StatementParser.parse(text));
  }

  private SqlAnswer swap() {
    return changes.swap("mine", new Position(1, 1));
  }

  @Test
  void aViewThatAnotherProcessDefinesMeanwhileIsNotReplacedUnasked() {
    // When
    ofOthers.add(new ControlCommand.DefineView(FIRST, "of another", ViewStart.NOW));

    // Then
    assertThatThrownBy(() -> create("CREATE " + TEXT))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("there is a view mine already");
    assertThat(definitions.known().current().get("mine").text()).isEqualTo("of another");

    // When
    create("CREATE OR REPLACE " + TEXT);

    // Then
    assertThat(definitions.known().next()).containsOnlyKeys("mine");
  }

  @Test
  void aViewThatAnotherThreadIsCompilingIsThereForTheNextStatement() {
    // Given
    afterwards =
        () -> {
          Thread.ofVirtual().start(views::known);
          awaitCompiling();
        };

    // When
    create("CREATE " + TEXT);

    // Then
    assertThat(views.catalog().unready()).containsKey("mine");
  }

  private void awaitCompiling() {
    try {
      assertThat(isCompiling.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void aTableThatAnotherProcessDefinesMeanwhileHasTheName() {
    ofOthers.add(new ControlCommand.DefineTable(new TableGeneration("mine", 1), "any"));

    assertThatThrownBy(() -> create("CREATE " + TEXT))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("mine is a reference table");
  }

  @Test
  void aSwapSaysWhatHasBecomeOfTheView() {
    // Given
    definitions.apply(new ControlCommand.DefineView(FIRST, "one", ViewStart.NOW));
    definitions.apply(new ControlCommand.DefineView(SECOND, "two", ViewStart.EARLIEST));

    // Then
    assertThat(swap().toString()).contains("when it has its past");

    // When
    ofOthers.add(new ControlCommand.NoteBackfill(SECOND, BackfillState.COMPLETE));

    // Then
    assertThat(swap().toString()).contains("has replaced the former one");
  }

  @Test
  void whatWasDroppedMeanwhileOrHasLostItsPastIsNotSwapped() {
    // Given
    definitions.apply(new ControlCommand.DefineView(FIRST, "one", ViewStart.NOW));
    definitions.apply(new ControlCommand.DefineView(SECOND, "two", ViewStart.EARLIEST));

    // When
    definitions.apply(new ControlCommand.NoteBackfill(SECOND, BackfillState.RUNNING));
    definitions.apply(new ControlCommand.NoteBackfill(SECOND, BackfillState.LOST));

    // Then
    assertThatThrownBy(this::swap).hasMessageContaining("was lost; create it anew");

    // When
    definitions.apply(
        new ControlCommand.DefineView(new ViewGeneration("mine", 9), "three", ViewStart.EARLIEST));
    ofOthers.add(new ControlCommand.DropView("mine"));

    // Then
    assertThatThrownBy(this::swap)
        .isInstanceOf(DefinitionsUnavailableException.class)
        .hasMessageContaining("others change the view mine");
  }
}
