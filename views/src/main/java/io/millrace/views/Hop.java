package io.millrace.views;

import io.millrace.model.cell.Grain;

/**
 * Windows that overlap: each as long as several windows of a grain, and one begins with each of
 * them. Only the grain is kept; a window that hops is merged from it when it is read.
 *
 * <pre>
 *   grain  │ 0 │ 1 │ 2 │ 3 │ 4 │
 *   hops   └─────0─────┘
 *              └─────1─────┘
 *                  └─────2─────┘
 * </pre>
 *
 * @param slide from the start of one window to that of the next
 * @param slides how many of them a window is long
 */
public record Hop(Grain slide, int slides) {
  public static final int MOST_SLIDES = 100;

  public Hop {
    if (slide == Grain.ALL) {
      throw new IllegalArgumentException("slide: expected a window that ends");
    }
    if (slides < 2 || slides > MOST_SLIDES) {
      throw new IllegalArgumentException(
          "a window that hops is 2 to "
              + MOST_SLIDES
              + " times as long as what it hops by, got "
              + slides);
    }
  }

  /** The end of the window that starts at a time; it is no longer part of the window. */
  public long windowEnd(long start) {
    return start + slides * slide.length().toMillis();
  }

  /** How long a window and the next one have in common, in milliseconds. */
  public long overlap() {
    return (slides - 1) * slide.length().toMillis();
  }
}
