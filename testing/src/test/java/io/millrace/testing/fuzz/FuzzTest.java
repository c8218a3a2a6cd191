package io.millrace.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every decoder with its corpus, and with inputs made of that: the same ones in every run, others
 * with {@code -Dfuzz.seed=…}, more with {@code -Dfuzz.rounds=…} times as many. What looks for new
 * ways through the program is {@link LongFuzzTest}.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_123L);
  private static final int TIMES = Integer.getInteger("fuzz.rounds", 1);

  private final BoundedEating eating = new BoundedEating();

  @TestFactory
  Stream<DynamicTest> holds() {
    return FuzzTargets.all().stream()
        .map(target -> DynamicTest.dynamicTest(target.name(), () -> run(target)));
  }

  private void run(FuzzTarget target) {
    Map<String, byte[]> corpus = Corpus.of(target.name());
    target.seeds().forEach(seed -> eat(target, seed, "a seed"));
    corpus.forEach((name, bytes) -> eat(target, bytes, name));
    List<byte[]> pool = new ArrayList<>(target.seeds());
    pool.addAll(corpus.values());
    var mutations = new Mutations(target, pool, SEED);
    for (int i = 0; i < target.rounds() * TIMES; i++) {
      eat(target, mutations.next(), "input " + i + " of fuzz.seed=" + SEED);
    }
  }

  private void eat(FuzzTarget target, byte[] bytes, String which) {
    try {
      eating.eat(target, bytes);
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError fault) {
      throw new AssertionError(
          target + ", " + which + ", kept in " + Findings.keep(target.name(), bytes), fault);
    }
  }

  @Test
  void everyFolderOfTheCorpusIsATargets() {
    assertThat(FuzzTargets.all()).extracting(FuzzTarget::name).containsAll(Corpus.targets());
  }

  /** A decoder that believes the length it reads, and one that is quadratic, are found. */
  @Test
  void findsPlantedFaults() {
    var believing =
        FuzzTarget.of(
            "planted",
            bytes -> Require.that(bytes.length < 3 || bytes[2] != 0, "planted"),
            new byte[] {7, 7, 7});
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> run(believing)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("fuzz.seed=");
    var greedy =
        FuzzTarget.of(
            "greedy",
            bytes -> {
              for (int i = 0; i < 600; i++) {
                Require.that(new byte[1 << 20].length > 0, "allocated");
              }
            });
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> eat(greedy, new byte[1], "")))
        .hasRootCauseMessage("1 bytes took more than 536870912 bytes of memory");
  }
}
