package io.millrace.server.traffic;

/**
 * The shares of simulated events that are not to be counted, from 0 to 1, so that every outcome has
 * something to show and its size is known beforehand.
 *
 * @param bots sent by programs that say so in their agent
 * @param duplicates sent before, and now once more
 * @param late happened four days ago
 * @param malformed that the collector refuses: a bad URL, a bad time, no name
 */
public record TrafficMix(double bots, double duplicates, double late, double malformed) {

  public static final TrafficMix DEFAULT = new TrafficMix(0.03, 0.01, 0.005, 0.005);

  /** Nothing but events that are to be counted. */
  public static final TrafficMix CLEAN = new TrafficMix(0, 0, 0, 0);

  public TrafficMix {
    requireShare("bots", bots);
    requireShare("duplicates", duplicates);
    requireShare("late", late);
    requireShare("malformed", malformed);
    requireShare("the sum of all shares", bots + duplicates + late + malformed);
  }

  /** The kind at a point from 0 to 1, if all kinds lie there one after the other. */
  TrafficKind kindAt(double point) {
    if (point < bots) {
      return TrafficKind.BOT;
    }
    if (point < bots + duplicates) {
      return TrafficKind.DUPLICATE;
    }
    if (point < bots + duplicates + late) {
      return TrafficKind.LATE;
    }
    return point < bots + duplicates + late + malformed
        ? TrafficKind.MALFORMED
        : TrafficKind.GENUINE;
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + ": " + share + " is not 0 to 1");
    }
  }
}
