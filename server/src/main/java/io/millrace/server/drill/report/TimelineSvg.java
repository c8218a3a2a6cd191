package io.millrace.server.drill.report;

import io.millrace.server.drill.Mark;
import io.millrace.server.drill.Timeline;
import java.util.List;
import java.util.Locale;

/**
 * A picture of a drill: above the axis what was acknowledged in each step of time, below it what
 * became visible, with a line where something was done.
 */
final class TimelineSvg {
  private static final int WIDTH = 900;
  private static final int HALF = 46;
  private static final int AXIS = 60;
  private static final int HEIGHT = 124;
  private static final long SECOND = 1_000;

  private TimelineSvg() {}

  static String of(Timeline timeline) {
    int steps = timeline.acknowledged().size();
    double step = (double) WIDTH / steps;
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"What happened when\">"
            .formatted(WIDTH, HEIGHT));
    bars(svg, timeline.acknowledged(), step, "ack", true);
    bars(svg, timeline.visible(), step, "seen", false);
    svg.append(
        "<line class=\"axis\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
            .formatted(WIDTH, AXIS, AXIS));
    long length = steps * timeline.stepMillis();
    for (Mark mark : timeline.marks()) {
      double x = (double) (mark.at() - timeline.begun()) / length * WIDTH;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"8\" y2=\"112\"><title>%s</title></line>",
              x,
              x,
              Html.text(mark.what())));
    }
    svg.append(
        "<text x=\"0\" y=\"122\">0 s</text><text x=\"%d\" y=\"122\" text-anchor=\"end\">%d s</text>"
            .formatted(WIDTH, length / SECOND));
    return svg.append("</svg>").toString();
  }

  private static void bars(
      StringBuilder svg, List<Long> counts, double step, String kind, boolean isUp) {
    long most = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1));
    for (int index = 0; index < counts.size(); index++) {
      double height = (double) counts.get(index) / most * HALF;
      if (height > 0) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                kind,
                index * step,
                isUp ? AXIS - height : (double) AXIS,
                Math.max(0.5, step - 0.5),
                height));
      }
    }
  }
}
