package io.millrace.server.drill;

/**
 * Something that a drill did.
 *
 * @param at when, in milliseconds since 1970
 */
public record Mark(long at, String what) {}
