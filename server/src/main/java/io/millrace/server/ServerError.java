package io.millrace.server;

/** Everything that can go wrong with the process itself, and whose fault each is. */
public enum ServerError {
  /** Another process works on the data folder. */
  DATA_FOLDER_BUSY(Fault.USER),
  /** The data folder cannot be made, read or written, or holds something else. */
  DATA_FOLDER_UNUSABLE(Fault.USER),
  /** What the file, the environment or the command line says cannot be. */
  CONFIG_INVALID(Fault.USER),
  /** A local broker ended by itself. */
  BROKER_DIED(Fault.EXTERNAL),
  /** A local broker runs but did not become ready in time. */
  BROKER_NOT_READY(Fault.EXTERNAL),
  /** A port that was asked for is in use, or none is free. */
  PORT_TAKEN(Fault.USER),
  /** A secret, token or certificate is missing or cannot be used. */
  SECURITY(Fault.USER),
  /** Starting another Java process failed. */
  LAUNCH_FAILED(Fault.EXTERNAL),
  /** A drill waited for something that did not come. */
  DRILL_STUCK(Fault.EXTERNAL),
  /** The machine did not let a drill do or undo a planned fault. */
  FAULT_FAILED(Fault.EXTERNAL);

  /** Who can put it right. */
  public enum Fault {
    /** The person at the command line. */
    USER,
    /** The machine or something else outside this program. */
    EXTERNAL,
    /** This program. */
    BUG
  }

  private final Fault fault;

  ServerError(Fault fault) {
    this.fault = fault;
  }

  /** Who can put it right. */
  public Fault fault() {
    return fault;
  }
}
