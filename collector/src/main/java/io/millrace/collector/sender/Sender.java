package io.millrace.collector.sender;

import java.time.Instant;

/**
 * What is known of a request's sender without being told.
 *
 * @param network the client's address, already cut by {@link AddressTruncation}, or empty
 * @param agent the User-Agent header, or empty
 * @param received when the request was complete, by this process's clock
 */
public record Sender(String network, String agent, Instant received) {}
