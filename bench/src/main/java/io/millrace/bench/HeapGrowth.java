package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What bodies over the limit hold of the server's heap. They do not declare their length, since one
 * that does is refused before anything is held. Each stops just below the limit, where it holds
 * most; after a collection of garbage the heap is what it was before, and what they hold. Then they
 * go on, and are refused.
 *
 * <pre>
 * collect, read ── headers, body ──┤ stop: collect, read ├── rest of the body ── answer
 * </pre>
 */
final class HeapGrowth {
  private static final int STOP = HostileBodies.LIMIT - 8_000;
  private static final int LENGTH = HostileBodies.LIMIT + 88_000;
  private static final int ROUNDS = 3;

  /** For the server to read what has been sent. */
  private static final long READING_MILLIS = 500;

  private static final List<Integer> AT_ONCE = List.of(0, 1, 50);

  private final Demo demo;
  private final TemporaryFolder folder;
  private final ServerHeap heap;
  private final byte[] body = HostileBodies.filled(LENGTH);

  HeapGrowth(Demo demo, TemporaryFolder folder) {
    this.demo = demo;
    this.folder = folder;
    this.heap = new ServerHeap(demo.application());
  }

  /**
   * Of one round.
   *
   * @param held in bytes, by all of them
   */
  private record Held(long held, Map<Integer, Integer> answers) {}

  Table measure() throws IOException, InterruptedException {
    var table =
        new Table(
            "Heap beside bodies over the limit of 512,000 bytes",
            "at once",
            "answers",
            "held",
            "× limit, each",
            "aim",
            "");
    // Whatever is loaded and made once, with the first of its kind.
    var _ = held(AT_ONCE.getLast());
    for (int atOnce : AT_ONCE) {
      row(table, atOnce);
    }
    return table.note(
        "Held is after a collection of garbage, the median of "
            + ROUNDS
            + " rounds; none at once tells how exact that is.");
  }

  private void row(Table table, int atOnce) throws IOException, InterruptedException {
    var rounds = new ArrayList<Held>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(held(atOnce));
    }
    var answers = new TreeMap<Integer, Integer>();
    rounds.forEach(round -> round.answers().forEach((it, n) -> answers.merge(it, n, Integer::sum)));
    double held = Median.of(rounds.stream().mapToDouble(Held::held));
    if (atOnce == 0) {
      table.row("none", "", kibibytes(held), "", "", "");
      return;
    }
    double limits = held / atOnce / HostileBodies.LIMIT;
    boolean isRefused = answers.keySet().stream().allMatch(status -> status == 413);
    var aim = new Aim("413, < 2", isRefused && limits < 2);
    table.row(
        Integer.toString(atOnce),
        Text.statuses(answers),
        kibibytes(held),
        String.format(Locale.ROOT, "%.2f", limits),
        aim.text(),
        aim.verdict());
  }

  private Held held(int atOnce) throws IOException, InterruptedException {
    long before = heap.live(folder);
    List<RawRequest> requests = new ArrayList<>();
    try {
      for (int i = 0; i < atOnce; i++) {
        RawRequest request = RawRequest.begin(demo.url(), "identity", -1);
        requests.add(request);
        request.send(body, 0, STOP);
      }
      Thread.sleep(READING_MILLIS);
      long held = heap.live(folder) - before;
      var answers = new TreeMap<Integer, Integer>();
      for (RawRequest request : requests) {
        request.send(body, STOP, LENGTH);
        answers.merge(request.end().orElse(0), 1, Integer::sum);
      }
      return new Held(held, answers);
    } finally {
      for (RawRequest request : requests) {
        request.close();
      }
    }
  }

  private static String kibibytes(double bytes) {
    return String.format(Locale.ROOT, "%,.0f KiB", bytes / 1024);
  }
}
