package io.millrace.collector.event;

/**
 * Why an event, or a whole request, is not accepted.
 *
 * @param field the client's name of the field at fault, or empty where it is none in particular
 * @param reason for people, such as {@code "is longer than 500 characters"}
 */
public record Refusal(RefusalKind kind, String field, String reason) {
  public static Refusal malformed(String reason) {
    return new Refusal(RefusalKind.MALFORMED, "", reason);
  }

  public static Refusal invalid(EventField field, String reason) {
    return new Refusal(RefusalKind.INVALID, field.label(), reason);
  }

  public static Refusal tooLarge(String reason) {
    return new Refusal(RefusalKind.TOO_LARGE, "", reason);
  }
}
