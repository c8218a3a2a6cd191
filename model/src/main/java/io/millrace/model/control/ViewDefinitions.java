package io.millrace.model.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The views that are defined now, and the reference tables, as the commands of the topic control
 * add up to. One thread applies commands; any number may ask.
 *
 * <p>A view that is whole stays until the one that is to replace it is whole too, and then they are
 * swapped at once:
 *
 * <pre>
 *   define 1 ──► 1 waiting ──► 1 complete ───────────────────┐
 *   define 2                     └─► 2 waits beside it ──► 2 complete (and told): 1 is gone
 * </pre>
 *
 * <p>A view means the tables that there are when it is defined. It keeps them: one that is dropped
 * has no name any longer, and is there for the views that read it.
 *
 * <p>A name is that of a view or of a table. Where processes define both at the same time, the
 * first command has the name, and the other has no effect in any process.
 *
 * <p>The version counts the commands about views and tables, so of two processes the one with the
 * greater version knows all that the other does.
 */
public final class ViewDefinitions {
  private volatile Known known = new Known(0, Map.of(), Map.of(), Set.of(), Map.of(), Set.of());

  /**
   * What is known at one version.
   *
   * @param current the definition that each name stands for
   * @param next the definitions that replace those once they are whole
   * @param gone generations that were dropped or replaced
   * @param tables the reference tables that have a name
   * @param goneTables those that have none any longer
   */
  public record Known(
      long version,
      Map<String, ViewDefinition> current,
      Map<String, ViewDefinition> next,
      Set<ViewGeneration> gone,
      Map<String, TableDefinition> tables,
      Set<TableGeneration> goneTables) {
    public Known {
      goneTables = Set.copyOf(goneTables);
      tables = Map.copyOf(tables);
      current = Map.copyOf(current);
      next = Map.copyOf(next);
      gone = Set.copyOf(gone);
    }

    /** All that events are added to. */
    public Stream<ViewDefinition> all() {
      return Stream.concat(current.values().stream(), next.values().stream());
    }

    /** The definition of a generation; empty for one that is gone or was never defined. */
    public Optional<ViewDefinition> definition(ViewGeneration generation) {
      return Stream.of(current, next)
          .flatMap(definitions -> Optional.ofNullable(definitions.get(generation.view())).stream())
          .filter(definition -> definition.generation().equals(generation))
          .findFirst();
    }

    private boolean hasSeen(ViewGeneration generation) {
      return gone.contains(generation) || definition(generation).isPresent();
    }
  }

  public void apply(ControlCommand command) {
    var change = new Change(known);
    switch (command) {
      case ControlCommand.DefineView(var generation, var text, var start, var swap) ->
          change.define(ViewDefinition.defined(generation, text, start, swap, known.tables));
      case ControlCommand.SwapView(var generation) -> change.swap(generation);
      case ControlCommand.DropView(var name) -> change.drop(name);
      case ControlCommand.NoteBackfill(var generation, var state) -> change.note(generation, state);
      case ControlCommand.DefineTable(var generation, var text) ->
          change.define(new TableDefinition(generation, text));
      case ControlCommand.DropTable(var name) -> change.dropTable(name);
      case ControlCommand.RegisterSite _,
          ControlCommand.LimitKey _,
          ControlCommand.IssueToken _,
          ControlCommand.RevokeToken _,
          ControlCommand.ChangeInactivity _,
          ControlCommand.IssueKey _,
          ControlCommand.RevokeKey _ -> {
        return;
      }
    }
    publish(change.made());
  }

  /** What one command makes of what was known before. */
  private static final class Change {
    private final Known before;
    private final Map<String, ViewDefinition> current;
    private final Map<String, ViewDefinition> next;
    private final Set<ViewGeneration> gone;
    private final Map<String, TableDefinition> tables;
    private final Set<TableGeneration> goneTables;

    Change(Known before) {
      this.before = before;
      current = new HashMap<>(before.current);
      next = new HashMap<>(before.next);
      gone = new HashSet<>(before.gone);
      tables = new HashMap<>(before.tables);
      goneTables = new HashSet<>(before.goneTables);
    }

    Known made() {
      return new Known(before.version + 1, current, next, gone, tables, goneTables);
    }

    void define(ViewDefinition definition) {
      // The same command again, by a writer that did not learn that it had been written.
      if (before.hasSeen(definition.generation()) || tables.containsKey(definition.name())) {
        return;
      }
      ViewDefinition former = current.get(definition.name());
      if (former != null && former.isWhole()) {
        put(next, definition);
        swapIfReady(definition);
      } else {
        put(current, definition);
      }
    }

    private void put(Map<String, ViewDefinition> definitions, ViewDefinition definition) {
      leave(Optional.ofNullable(definitions.put(definition.name(), definition)));
    }

    private void leave(Optional<ViewDefinition> former) {
      former.map(ViewDefinition::generation).ifPresent(gone::add);
    }

    void drop(String name) {
      leave(Optional.ofNullable(current.remove(name)));
      leave(Optional.ofNullable(next.remove(name)));
    }

    /** The first of two that define the same name at once has it, in every process. */
    void define(TableDefinition definition) {
      String name = definition.name();
      boolean isOfView = current.containsKey(name) || next.containsKey(name);
      if (!isOfView && !goneTables.contains(definition.generation())) {
        tables.putIfAbsent(name, definition);
      }
    }

    void dropTable(String name) {
      Optional.ofNullable(tables.remove(name))
          .map(TableDefinition::generation)
          .ifPresent(goneTables::add);
    }

    void note(ViewGeneration generation, BackfillState state) {
      before
          .definition(generation)
          .filter(definition -> definition.backfill().canBecome(state))
          .map(definition -> definition.with(state))
          .ifPresent(this::changeState);
    }

    void swap(ViewGeneration generation) {
      before
          .definition(generation)
          .filter(next::containsValue)
          .map(ViewDefinition::toldToSwap)
          .ifPresent(
              definition -> {
                next.put(definition.name(), definition);
                swapIfReady(definition);
              });
    }

    private void changeState(ViewDefinition definition) {
      boolean isNext = next.containsValue(definition(definition.generation()));
      (isNext ? next : current).put(definition.name(), definition);
      if (isNext) {
        swapIfReady(definition);
      }
    }

    private ViewDefinition definition(ViewGeneration generation) {
      return before.definition(generation).orElseThrow();
    }

    private void swapIfReady(ViewDefinition definition) {
      if (definition.isToSwap()) {
        next.remove(definition.name());
        put(current, definition);
      }
    }
  }

  private synchronized void publish(Known changed) {
    known = changed;
    notifyAll();
  }

  public Known known() {
    return known;
  }

  /** How many commands about views and tables there have been. */
  public long version() {
    return known.version;
  }

  /** Waits until a version is reached; false where it is not within the patience. */
  public synchronized boolean awaitVersion(long version, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (known.version < version) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
