/**
 * Single operations of the processing, measured by JMH; see {@code MicroBenchmark}. Classes and
 * methods are named as the table is to name them.
 *
 * <p>Never shipped.
 */
@NullMarked
package io.millrace.bench.micro;

import org.jspecify.annotations.NullMarked;
