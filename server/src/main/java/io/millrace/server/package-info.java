/**
 * The process: command line, local Kafka, and the one place that builds objects.
 *
 * <p>Every other module is a part that is put together here.
 */
@NullMarked
package io.millrace.server;

import org.jspecify.annotations.NullMarked;
