package io.millrace.server.drill.proof;

/**
 * When an event passed, in milliseconds since 1970.
 *
 * @param partition of click-events
 * @param acknowledgedAt to its client
 * @param visibleAt as an outcome in a lane
 */
public record Passage(int partition, long acknowledgedAt, long visibleAt) {}
