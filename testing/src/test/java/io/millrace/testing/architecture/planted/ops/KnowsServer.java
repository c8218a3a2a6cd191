package io.millrace.testing.architecture.planted.ops;

import io.millrace.testing.architecture.planted.server.Logs;

/** Breaks a border on purpose. */
public final class KnowsServer {

  public void border() {
    System.exit(Logs.CODE);
  }
}
