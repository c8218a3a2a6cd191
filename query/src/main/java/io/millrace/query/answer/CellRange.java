package io.millrace.query.answer;

import io.millrace.model.cell.Grain;

/**
 * Cells of one grain whose windows start within a span.
 *
 * @param from first window start, in milliseconds since 1970
 * @param to end of the window starts; no longer included
 */
public record CellRange(Grain grain, long from, long to) {}
