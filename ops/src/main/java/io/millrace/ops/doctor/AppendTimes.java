package io.millrace.ops.doctor;

import java.time.Duration;

/**
 * How it went to write to one broker, with acknowledgement by all replicas.
 *
 * @param ahead how far the broker's clock is ahead of ours; negative where it is behind
 * @param uncertainty by how much that may be wrong: half of the quickest round trip
 */
public record AppendTimes(
    int broker, Duration quickest, Duration median, Duration ahead, Duration uncertainty) {}
