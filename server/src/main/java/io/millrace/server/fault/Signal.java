package io.millrace.server.fault;

/** Sends signals to processes, which Java itself cannot, except to end them. */
enum Signal {
  STOP("STOP"),
  CONTINUE("CONT"),
  KILL("KILL");

  private final String signal;

  Signal(String signal) {
    this.signal = signal;
  }

  /** Sends it, to a process that must be there. */
  void send(long pid) {
    command(pid).run();
  }

  /** Sends it, unless the process has ended. */
  void sendIfAlive(long pid) {
    if (ProcessHandle.of(pid).isPresent()) {
      command(pid).end("");
    }
  }

  /** By the shell's own command, which needs no package. */
  private SystemCommand command(long pid) {
    return SystemCommand.of("sh", "-c", "kill -s " + signal + ' ' + pid);
  }
}
