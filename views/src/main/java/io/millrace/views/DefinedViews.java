package io.millrace.views;

import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ViewDefinition;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The views that are defined now, as plans. Each text is compiled once, by whoever asks first after
 * the change; meanwhile others are told what was there before. Safe for any number of threads.
 */
public final class DefinedViews {
  private final ViewDefinitions definitions;
  private final ViewCompiler compiler;
  private final ReentrantLock compiling = new ReentrantLock();
  private volatile Known known;
  private volatile @Nullable Catalog catalog;

  /**
   * What is known at one version of the definitions.
   *
   * @param views those with a plan that events are added to
   * @param refused those without, and why; nothing is computed for them
   * @param current which of them a name stands for
   * @param gone generations that were dropped or replaced
   */
  public record Known(
      long version,
      List<DefinedView> views,
      Map<ViewGeneration, String> refused,
      Map<String, ViewGeneration> current,
      Set<ViewGeneration> gone) {
    public Known {
      views = List.copyOf(views);
      refused = Map.copyOf(refused);
      current = Map.copyOf(current);
      gone = Set.copyOf(gone);
    }

    /**
     * What a name stands for. Nobody is to read it unless it is {@link DefinedView#isWhole whole}.
     */
    public Optional<DefinedView> view(String name) {
      return Optional.ofNullable(current.get(name)).flatMap(this::view);
    }

    public Optional<DefinedView> view(ViewGeneration generation) {
      return views.stream()
          .filter(view -> view.definition().generation().equals(generation))
          .findFirst();
    }
  }

  /**
   * What readers may ask for now: these views, and those that every installation has. The same
   * object until they change.
   */
  @SuppressWarnings("ReferenceEquality") // what is known is made anew with each change
  public ViewCatalog catalog() {
    Known now = known();
    Catalog made = catalog;
    if (made == null || made.of != now) {
      made = new Catalog(now, catalog(now));
      catalog = made;
    }
    return made.views;
  }

  private record Catalog(Known of, ViewCatalog views) {}

  private static ViewCatalog catalog(Known now) {
    var views = new ArrayList<>(ViewCatalog.builtIn().views());
    var successors = new ArrayList<KeptView>();
    var unready = new HashMap<String, String>();
    for (DefinedView view : now.views) {
      String name = view.definition().name();
      boolean isCurrent = view.definition().generation().equals(now.current.get(name));
      if (isCurrent && isBuiltIn(name)) {
        // Defined before a version came that has a view of this name: it goes on unread.
        unready.put(
            view.definition().generation().cells(),
            "there is a built-in view " + name + "; create this one anew by another name");
      } else if (!isCurrent && view.isWhole()) {
        successors.add(view.kept());
      } else if (isCurrent && view.isWhole()) {
        views.add(view.kept());
      } else if (isCurrent) {
        unready.put(name, unready(view.definition()));
      }
    }
    now.refused.forEach(
        (generation, reason) -> {
          String name = generation.view();
          if (generation.equals(now.current.get(name)) && !isBuiltIn(name)) {
            unready.put(name, "the view " + name + " is not computed here: " + reason);
          }
        });
    return new ViewCatalog(views, successors, unready);
  }

  private static String unready(ViewDefinition view) {
    return view.backfill() == BackfillState.LOST
        ? "the past of the view " + view.name() + " was lost; create it anew"
        : "the view " + view.name() + " is being built; SHOW VIEWS tells how far it is";
  }

  public DefinedViews(ViewDefinitions definitions, ViewCompiler compiler) {
    this.definitions = definitions;
    this.compiler = compiler;
    known = new Known(0, List.of(), Map.of(), Map.of(), Set.of());
  }

  /** Where nothing is ever defined. */
  public static DefinedViews none() {
    return new DefinedViews(
        new ViewDefinitions(),
        (name, text) -> {
          throw new IllegalArgumentException("nothing can be defined here");
        });
  }

  /** The texts that they are made of. */
  public ViewDefinitions definitions() {
    return definitions;
  }

  /** Whether something has changed since a version; cheap enough for every event. */
  public boolean haveChangedSince(long version) {
    return definitions.version() != version;
  }

  /** Those of now; those of a moment ago while another thread compiles. */
  public Known known() {
    if (haveChangedSince(known.version) && compiling.tryLock()) {
      try {
        known = compile(definitions.known());
      } finally {
        compiling.unlock();
      }
    }
    return known;
  }

  /**
   * Those of a version or a later one.
   *
   * @throws IllegalStateException when this process does not get to know them within the patience
   */
  public Known atLeast(long version, Duration patience) {
    try {
      if (!definitions.awaitVersion(version, patience)) {
        throw new IllegalStateException(
            "The definitions of views are known up to change "
                + definitions.version()
                + " here, and are needed up to "
                + version);
      }
      compiling.lockInterruptibly();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while waiting for definitions of views", stopped);
    }
    try {
      if (known.version < version) {
        known = compile(definitions.known());
      }
      return known;
    } finally {
      compiling.unlock();
    }
  }

  private Known compile(ViewDefinitions.Known current) {
    var views = new ArrayList<DefinedView>();
    var refused = new HashMap<ViewGeneration, String>();
    for (ViewDefinition definition : current.all().toList()) {
      Optional<DefinedView> former = known.view(definition.generation());
      if (former.isPresent()) {
        views.add(new DefinedView(definition, former.get().plan()));
      } else if (known.refused.containsKey(definition.generation())) {
        refused.put(definition.generation(), known.refused.get(definition.generation()));
      } else {
        compile(definition, views, refused);
      }
    }
    var names = new HashMap<String, ViewGeneration>();
    current.current().forEach((name, definition) -> names.put(name, definition.generation()));
    return new Known(current.version(), views, refused, names, current.gone());
  }

  private void compile(
      ViewDefinition definition, List<DefinedView> views, Map<ViewGeneration, String> refused) {
    try {
      ViewPlan plan = compiler.compile(definition);
      if (plan.topic().isPresent()) {
        refused.put(
            definition.generation(), "only views that are there at the start can have a topic");
      } else {
        views.add(new DefinedView(definition, plan));
      }
    } catch (RuntimeException | StackOverflowError failure) {
      // Whatever the compiler stumbles over, the other views go on.
      refused.put(definition.generation(), String.valueOf(failure.getMessage()));
    }
  }

  /** Whether every installation has a view of a name, which then stands for that one. */
  public static boolean isBuiltIn(String name) {
    return BuiltInViews.all().stream().anyMatch(view -> view.name().equals(name));
  }
}
