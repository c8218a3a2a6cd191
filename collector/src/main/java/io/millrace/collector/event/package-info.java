/**
 * What clients write and whether it is an event: parsing bytes of anyone, and judging what was
 * parsed. Pure: no network, no clock, no log.
 */
@NullMarked
package io.millrace.collector.event;

import org.jspecify.annotations.NullMarked;
