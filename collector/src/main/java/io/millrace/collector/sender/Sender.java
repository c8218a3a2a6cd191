package io.millrace.collector.sender;

import io.millrace.model.ClientHints;
import java.time.Instant;

/**
 * What is known of a request's sender without being told.
 *
 * @param network the client's address, already cut by {@link AddressTruncation}, or empty
 * @param agent the User-Agent header, or empty
 * @param hints what its browser told beside that; has no part in naming the visitor
 * @param language the language its browser asked for first, or empty
 * @param received when the request was complete, by this process's clock
 */
public record Sender(
    String network, String agent, ClientHints hints, String language, Instant received) {

  /** A sender that tells neither hints nor a language. */
  public Sender(String network, String agent, Instant received) {
    this(network, agent, ClientHints.NONE, "", received);
  }
}
