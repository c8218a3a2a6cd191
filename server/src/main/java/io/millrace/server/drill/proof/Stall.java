package io.millrace.server.drill.proof;

/**
 * The longest time in which nothing happened.
 *
 * @param from when it began, in milliseconds since 1970
 * @param millis how long it was
 */
public record Stall(long from, long millis) {
  public static final Stall NONE = new Stall(0, 0);

  Stall longer(Stall other) {
    return other.millis > millis ? other : this;
  }
}
