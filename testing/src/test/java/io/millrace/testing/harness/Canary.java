package io.millrace.testing.harness;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A secret that is planted somewhere and must turn up nowhere else. The value is long and like
 * nothing else, so that a hit is one.
 *
 * @param place where it was planted, to say which one got out
 */
public record Canary(String place, String value) {

  /** One of its own for a place, the same in every run. */
  public static Canary of(String place) {
    return new Canary(
        place, "canary~" + Integer.toHexString(place.hashCode()) + "~tweet+" + place.length());
  }

  /**
   * As it could stand in a text: itself, encoded for an address, and in Base64 at any place of it.
   */
  public List<String> forms() {
    return List.of(
        value,
        URLEncoder.encode(value, StandardCharsets.UTF_8),
        inBase64(0),
        inBase64(1),
        inBase64(2));
  }

  /** What is the same whatever stands around it. */
  private String inBase64(int before) {
    String encoded =
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString((" ".repeat(before) + value).getBytes(StandardCharsets.UTF_8));
    return encoded.substring(before == 0 ? 0 : 4, encoded.length() - 4);
  }
}
