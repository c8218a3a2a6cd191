package io.millrace.views.table;

import java.util.Optional;

/**
 * What there is to tell of a reference table in this process.
 *
 * @param bytes that its rows are estimated to take
 * @param refused records of which no row could be made since it was last read from the beginning
 * @param latestRefusal which was the last of them, and why; without values
 */
public record TableStatus(
    TableState state, int rows, long bytes, long refused, Optional<String> latestRefusal) {}
