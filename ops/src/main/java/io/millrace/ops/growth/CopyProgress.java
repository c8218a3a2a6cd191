package io.millrace.ops.growth;

/**
 * How far a topic is copied.
 *
 * @param copied records in the copy
 * @param remaining records of the source that are not, when it was last looked
 */
public record CopyProgress(String topic, long copied, long remaining) {}
