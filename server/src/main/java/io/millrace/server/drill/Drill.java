package io.millrace.server.drill;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A planned failure.
 *
 * @param name lower case with hyphens
 * @param shows what it shows, in one sentence
 * @param stage the kind of cluster that it takes
 * @param obstacle why this machine cannot have it, if it cannot
 * @param aims on a quiet machine
 * @param plan what happens
 */
public record Drill(
    String name,
    String shows,
    Stage stage,
    Supplier<Optional<String>> obstacle,
    Aims aims,
    Plan plan) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");

  public Drill {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name: \"" + name + "\" is no name of a drill");
    }
  }

  /** One that any machine can have. */
  static Drill of(String name, String shows, Aims aims, Plan plan) {
    return new Drill(name, shows, Stage.HERE, Optional::empty, aims, plan);
  }

  /** The failure itself: while it runs, the load goes on. */
  @FunctionalInterface
  public interface Plan {

    /** Lets it happen, and undoes what does not heal by itself. */
    void run(Scene scene) throws InterruptedException;

    /** How often the client sends everything again that was acknowledged already. */
    default int repeats() {
      return 0;
    }

    /** Whether clients reach the collectors through proxies that can lose answers. */
    default boolean isThroughProxies() {
      return false;
    }
  }
}
