package io.millrace.testing.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Gives an input to a target, and holds what that costs against what it may: time of the processor
 * and memory asked for, by this thread, which do not depend on what else the machine does. For one
 * thread.
 */
final class BoundedEating {
  /** For 64 kilobytes, with code that was never run before. */
  private static final long MOST_NANOS = 8_000_000_000L;

  private static final long MOST_ALLOCATED = 512L << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  void eat(FuzzTarget target, byte[] bytes) throws Exception {
    long thread = Thread.currentThread().threadId();
    long nanos = threads.getThreadCpuTime(thread);
    long allocated = threads.getThreadAllocatedBytes(thread);
    // A property may keep it, and what is shown of a finding must be what was given.
    target.property().holdsFor(bytes.clone());
    Require.that(
        threads.getThreadCpuTime(thread) - nanos < MOST_NANOS,
        bytes.length + " bytes took more than " + MOST_NANOS / 1_000_000 + " ms");
    Require.that(
        threads.getThreadAllocatedBytes(thread) - allocated < MOST_ALLOCATED,
        bytes.length + " bytes took more than " + MOST_ALLOCATED + " bytes of memory");
  }
}
