package io.millrace.bench;

import java.io.IOException;

/** One measurement. Its fields are its command line's options; for one thread, one run. */
interface Benchmark {

  /**
   * Measures, and reports the figures.
   *
   * @throws BenchmarkException if the program does not do what is being measured
   */
  void run(Program program, Report report) throws IOException, InterruptedException;
}
