/**
 * Who sent an event, as far as the collector may know: the network behind proxies, cut short, and
 * the visitor it is taken for.
 */
@NullMarked
package io.millrace.collector.sender;

import org.jspecify.annotations.NullMarked;
