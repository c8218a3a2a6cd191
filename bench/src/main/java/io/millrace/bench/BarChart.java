package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers as bars of characters, for a terminal and for a page alike. For one thread. */
final class BarChart {
  private static final int WIDEST = 50;

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  private record Bar(String name, double value) {}

  BarChart(String title) {
    this.title = title;
  }

  /**
   * Adds a bar.
   *
   * @param value not below 0; what is below is drawn as 0
   */
  BarChart bar(String name, double value) {
    bars.add(new Bar(name, Math.max(0, value)));
    return this;
  }

  String text() {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    int names = bars.stream().mapToInt(bar -> bar.name().length()).max().orElse(0);
    var text = new StringBuilder(title).append('\n');
    for (Bar bar : bars) {
      int width = most == 0 ? 0 : (int) Math.round(WIDEST * bar.value() / most);
      text.append("  ")
          .append(bar.name())
          .append(" ".repeat(names - bar.name().length() + 2))
          .append("█".repeat(width))
          .append(String.format(Locale.ROOT, " %.1f%n", bar.value()));
    }
    return text.toString();
  }

  String markdown() {
    return "```\n" + text() + "```\n";
  }
}
