package io.millrace.bench.micro;

import io.millrace.bench.engine.Clicks;
import io.millrace.model.ClickEvent;
import java.util.ArrayList;
import java.util.List;

/** Some clicks of the kind that the comparison of engines reads, always the same. */
final class ClickSample {
  /** About what one partition of a busy site gets between two commits. */
  static final int SIZE = 1_000;

  private static final long START = 1_700_000_000_000L;

  private ClickSample() {}

  static List<ClickEvent> clicks() {
    var clicks = new ArrayList<ClickEvent>(SIZE);
    new Clicks(SIZE, 0, START).forEach(clicks::add);
    return clicks;
  }
}
