package io.millrace.server.traffic;

import java.time.Duration;
import java.util.Optional;

/**
 * How a run of a generator ended.
 *
 * @param took from the first event to the last acknowledgement
 * @param failure why it ended before its time, if it did
 */
public record TrafficRun(TrafficTally tally, Duration took, Optional<String> failure) {}
