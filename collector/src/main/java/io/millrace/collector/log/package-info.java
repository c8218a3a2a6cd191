/** Where accepted events go: the border to Kafka, and its one adapter. */
@NullMarked
package io.millrace.collector.log;

import org.jspecify.annotations.NullMarked;
