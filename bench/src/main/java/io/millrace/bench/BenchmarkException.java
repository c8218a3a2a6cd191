package io.millrace.bench;

/** The program did not do what was to be measured, so there is no figure. */
final class BenchmarkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchmarkException(String message) {
    super(message);
  }
}
