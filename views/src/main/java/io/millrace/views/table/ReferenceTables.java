package io.millrace.views.table;

import io.millrace.model.control.TableDefinition;
import io.millrace.model.control.TableGeneration;
import io.millrace.model.control.ViewDefinitions;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The reference tables of this process, each made once of its text. Safe for any number of threads.
 */
public final class ReferenceTables {
  /** Each is held in memory by each process. */
  public static final int MOST_TABLES = 16;

  private final ViewDefinitions definitions;
  private final TableCompiler compiler;
  private final TableLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TableGeneration, Made> made = new HashMap<>();

  /** A table, or why there is none. */
  private record Made(Optional<ReferenceTable> table, String refusal) {}

  public ReferenceTables(ViewDefinitions definitions, TableCompiler compiler, TableLimits limits) {
    this.definitions = definitions;
    this.compiler = compiler;
    this.limits = limits;
  }

  /** Where none is ever defined. */
  public static ReferenceTables none() {
    return new ReferenceTables(
        new ViewDefinitions(),
        text -> {
          throw new IllegalArgumentException("nothing can be defined here");
        },
        TableLimits.DEFAULT);
  }

  /** Those that have a name now, in the order of the names. */
  public List<ReferenceTable> known() {
    return definitions.known().tables().values().stream()
        .map(this::table)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(table -> table.plan().name()))
        .toList();
  }

  /** The one that has a name now. */
  public Optional<ReferenceTable> named(String name) {
    return Optional.ofNullable(definitions.known().tables().get(name)).flatMap(this::table);
  }

  /** The table of a definition; empty where this process cannot make one of the text. */
  public Optional<ReferenceTable> table(TableDefinition definition) {
    lock.lock();
    try {
      return made.computeIfAbsent(definition.generation(), _ -> make(definition)).table();
    } finally {
      lock.unlock();
    }
  }

  /** Why there is no table of a definition, where there is none. */
  public Optional<String> refusal(TableDefinition definition) {
    if (table(definition).isPresent()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      return Optional.ofNullable(made.get(definition.generation())).map(Made::refusal);
    } finally {
      lock.unlock();
    }
  }

  private Made make(TableDefinition definition) {
    try {
      TablePlan plan = compiler.compile(definition.text());
      return new Made(Optional.of(new ReferenceTable(definition.generation(), plan, limits)), "");
    } catch (RuntimeException | StackOverflowError failure) {
      // Whatever the compiler stumbles over, the other tables are there.
      return new Made(Optional.empty(), String.valueOf(failure.getMessage()));
    }
  }

  /** Forgets all but those that have a name and those that are still read. */
  public void forgetAllBut(Collection<ReferenceTable> stillRead) {
    Set<TableGeneration> read =
        stillRead.stream().map(ReferenceTable::generation).collect(Collectors.toSet());
    lock.lock();
    try {
      Collection<TableDefinition> named = definitions.known().tables().values();
      made.keySet()
          .removeIf(
              generation ->
                  !read.contains(generation)
                      && named.stream().noneMatch(table -> table.generation().equals(generation)));
    } finally {
      lock.unlock();
    }
  }

  /** Why no further table can be defined with a plan, as a clause; to be asked before it is. */
  public Optional<String> obstacle(TablePlan plan) {
    Map<String, TableDefinition> tables = definitions.known().tables();
    if (tables.containsKey(plan.name())) {
      return Optional.of("there is a table of this name; drop it first");
    }
    if (definitions.known().current().containsKey(plan.name())
        || definitions.known().next().containsKey(plan.name())) {
      return Optional.of("there is a view of this name");
    }
    return tables.size() < MOST_TABLES
        ? Optional.empty()
        : Optional.of("there are " + tables.size() + " tables, and no more are held in memory");
  }
}
