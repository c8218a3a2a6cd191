/** A new generation of a namespace: its log, copied into one with more partitions. */
@NullMarked
package io.millrace.ops.growth;

import org.jspecify.annotations.NullMarked;
