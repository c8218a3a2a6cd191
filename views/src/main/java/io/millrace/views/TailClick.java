package io.millrace.views;

/**
 * A counted click and where it stands in the log of counted clicks.
 *
 * @param click read by several threads, so nothing is to be remembered in it
 * @param bytes about how much memory it takes
 */
public record TailClick(JudgedClick click, int partition, long offset, int bytes) {}
