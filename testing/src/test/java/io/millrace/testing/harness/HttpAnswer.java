package io.millrace.testing.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/**
 * What came back from one request.
 *
 * @param headers by name in lower case, the first value of each
 * @param took from the first byte sent to the last received
 */
public record HttpAnswer(int status, Map<String, String> headers, String body, Duration took) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** The body, which has to be JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException noJson) {
      throw new UncheckedIOException("status " + status + " with no JSON: " + body, noJson);
    }
  }
}
