package io.millrace.server.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Shows how far something is. On a terminal it is one line that is drawn over; elsewhere, as in a
 * file or a pipe, it is a plain line every few seconds. For one thread.
 */
public final class ProgressBar implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final int WIDTH = 30;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final InstantSource clock;
  private final String label;
  private Instant next = Instant.MIN;
  private boolean drawn;

  /**
   * @param out usually standard error, so that a report on standard output stays clean
   * @param terminal whether {@code out} is one
   * @param label what is going on
   */
  public ProgressBar(PrintStream out, boolean terminal, InstantSource clock, String label) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.label = label;
  }

  /** On standard error. */
  public static ProgressBar onStandardError(String label) {
    return new ProgressBar(System.err, Terminal.isStandardError(), InstantSource.system(), label);
  }

  /**
   * Tells how far it is; shown now and then.
   *
   * @param fraction from 0 to 1
   * @param detail shown behind it, such as a count
   */
  public void show(double fraction, String detail) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(terminal ? REDRAW : REPEAT);
    draw(Math.clamp(fraction, 0, 1), SafeText.of(detail, 60));
  }

  private void draw(double fraction, String detail) {
    int percent = (int) (fraction * 100);
    if (terminal) {
      int filled = (int) Math.round(fraction * WIDTH);
      String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      out.print(
          String.format(Locale.ROOT, "%s%s %s %3d %% %s", ERASE_LINE, label, bar, percent, detail));
      out.flush();
      drawn = true;
    } else {
      out.println(String.format(Locale.ROOT, "%s %d %% %s", label, percent, detail).strip());
    }
  }

  /** Takes the line away again, so that what follows begins on a clean one. */
  @Override
  public void close() {
    if (drawn) {
      out.print(ERASE_LINE);
      out.flush();
    }
  }
}
