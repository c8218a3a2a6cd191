package io.millrace.server.broker;

/** How a broker's process tells, by its exit code, why it did not start or did not stop. */
enum BrokerExit {
  /** It could not start or run; its log says why. */
  FAILED(70),
  /** Another process listens on one of its ports. */
  PORT_TAKEN(71),
  /** Another broker works on its data. */
  DATA_HELD(72),
  /** It took too long to stop and was cut off. */
  CUT_OFF(73),
  /** The process that started it has ended without stopping it. */
  ORPHANED(74);

  private final int code;

  BrokerExit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
