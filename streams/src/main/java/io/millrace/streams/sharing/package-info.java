/**
 * Which processor works on which task: {@link io.millrace.streams.sharing.WorkSharing} decides,
 * {@link io.millrace.streams.sharing.WarmFirstAssignor} asks it for Kafka Streams.
 */
@NullMarked
package io.millrace.streams.sharing;

import org.jspecify.annotations.NullMarked;
