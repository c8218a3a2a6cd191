package io.millrace.server.fault;

import java.time.Duration;

/** What a {@link LossyProxy} does to what passes it. */
sealed interface ProxyBehaviour {

  /** Passes all on. */
  record Honest() implements ProxyBehaviour {}

  /** Passes requests on, and ends the connection in place of one in so many answers. */
  record LosesAnswers(int oneIn) implements ProxyBehaviour {}

  /** Keeps each answer back for a while. */
  record DelaysAnswers(Duration delay) implements ProxyBehaviour {}

  /** Ends the connection after so many bytes of one in so many requests. */
  record CutsRequests(int oneIn, int afterBytes) implements ProxyBehaviour {}

  /** Passes requests on at so many bytes a second. */
  record TricklesRequests(int bytesPerSecond) implements ProxyBehaviour {}
}
