package io.millrace.server.traffic;

import java.time.Instant;

/**
 * What site is simulated.
 *
 * @param origin scheme and host of its URLs, such as {@code https://shop.example}
 * @param rate events a second that will be asked for; decides how many visitors are there at once
 * @param begun when the simulation begins
 * @param seed the same one gives the same visitors doing the same
 */
public record SimulatedSiteConfig(
    String origin, double rate, TrafficMix mix, Instant begun, long seed) {

  public SimulatedSiteConfig {
    if (!origin.startsWith("http://") && !origin.startsWith("https://")) {
      throw new IllegalArgumentException("origin: \"" + origin + "\" has no scheme and host");
    }
    if (origin.endsWith("/")) {
      throw new IllegalArgumentException("origin: \"" + origin + "\" ends with a slash");
    }
    if (!(rate > 0 && rate <= 1_000_000)) {
      throw new IllegalArgumentException("rate: " + rate + " is not more than 0 to 1000000");
    }
  }
}
