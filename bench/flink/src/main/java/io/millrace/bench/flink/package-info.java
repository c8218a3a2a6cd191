/** Flink SQL on the same job, to compare with. Never shipped. */
@NullMarked
package io.millrace.bench.flink;

import org.jspecify.annotations.NullMarked;
