package io.millrace.server.drill.proof;

/**
 * The account of one partition of click-events since the beginning of a drill.
 *
 * @param accepted how many records Kafka says it has got
 * @param outcomes the sum of its events by outcome, by the view
 * @param balanced whether the offsets of all its outcomes add up, or did not at the beginning
 *     either
 */
public record BooksLine(int partition, long accepted, long outcomes, boolean balanced) {}
