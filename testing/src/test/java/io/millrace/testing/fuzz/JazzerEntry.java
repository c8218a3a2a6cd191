package io.millrace.testing.fuzz;

/** What Jazzer calls, in a process of its own, with inputs of its making. */
public final class JazzerEntry {
  private static final FuzzTarget TARGET = FuzzTargets.named(System.getProperty("fuzz.target", ""));
  private static final BoundedEating EATING = new BoundedEating();

  private JazzerEntry() {}

  /**
   * Classes are loaded, and made to tell which ways an input goes, by the thread that uses them
   * first, and that costs more than an input may: so what is right is eaten without bounds first.
   */
  public static void fuzzerInitialize() throws Exception {
    for (byte[] seed : TARGET.seeds()) {
      TARGET.property().holdsFor(seed);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    EATING.eat(TARGET, bytes);
  }
}
