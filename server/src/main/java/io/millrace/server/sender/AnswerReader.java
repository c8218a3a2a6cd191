package io.millrace.server.sender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Understands the collector's answers. Pure and safe for use by several threads.
 *
 * <p>An answer counts as a judgement only if accepted and refused events add up to what was sent:
 * the books of whoever sends must balance, or it must know that they do not.
 */
final class AnswerReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The answer to a request of so many events. */
  Answer read(int status, String body, Optional<String> retryAfter, int events) {
    return switch (status) {
      case 200, 202, 400, 413, 422 -> judged(status, body, events);
      case 429, 500, 502, 503, 504 -> later(status, body, retryAfter);
      case 401, 403 ->
          new Answer.Hopeless(
              "the collector does not accept this write key (" + about(status, body) + ")");
      default -> new Answer.Hopeless("the collector answered " + about(status, body));
    };
  }

  private static Answer later(int status, String body, Optional<String> retryAfter) {
    return new Answer.Later(
        "the collector answered " + about(status, body),
        retryAfter.map(AnswerReader::seconds).orElse(Duration.ZERO));
  }

  private static Answer judged(int status, String body, int events) {
    JsonNode answer = parsed(body);
    long accepted = answer.path("accepted").asLong(0);
    List<Refusal> refused = refusals(answer.path("results"), events);
    if (accepted + refused.size() == events) {
      return new Answer.Judged(accepted, refused);
    }
    return new Answer.Hopeless(
        "the collector accounts for %d accepted and %d refused of %d events (%s)"
            .formatted(accepted, refused.size(), events, about(status, body)));
  }

  private static List<Refusal> refusals(JsonNode results, int events) {
    var refusals = new ArrayList<Refusal>();
    for (JsonNode result : results) {
      int index = result.path("index").asInt(-1);
      if ("refused".equals(result.path("status").asText()) && index >= 0 && index < events) {
        refusals.add(
            new Refusal(
                index,
                result.path("id").asText(""),
                result.path("field").asText(""),
                result.path("reason").asText("")));
      }
    }
    return refusals;
  }

  /** The status and, where the body tells, the collector's own words. */
  private static String about(int status, String body) {
    String message = parsed(body).path("error").path("message").asText("");
    return message.isEmpty() ? "status " + status : "status " + status + ": " + message;
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode();
    }
  }

  /** Only the form in seconds: the collector never sends a date. */
  private static Duration seconds(String retryAfter) {
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(retryAfter.strip())));
    } catch (NumberFormatException date) {
      return Duration.ZERO;
    }
  }
}
