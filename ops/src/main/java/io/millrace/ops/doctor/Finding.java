package io.millrace.ops.doctor;

/**
 * One line of an examination.
 *
 * @param what is so
 * @param advice what to do; empty where all is well
 */
public record Finding(Severity severity, String what, String advice) {

  /** How bad it is. */
  public enum Severity {
    OK,
    /** Millrace works, and something will hurt later, or could not be looked at. */
    WARNING,
    /** Millrace does not start, or may lose events. */
    PROBLEM
  }

  public static Finding ok(String what) {
    return new Finding(Severity.OK, what, "");
  }

  public static Finding warning(String what, String advice) {
    return new Finding(Severity.WARNING, what, advice);
  }

  public static Finding problem(String what, String advice) {
    return new Finding(Severity.PROBLEM, what, advice);
  }
}
