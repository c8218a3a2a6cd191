package io.millrace.testing.architecture.planted.server;

import java.util.logging.Logger;

/** Breaks a border on purpose. */
public final class Logs {

  public static final int CODE = Logger.getGlobal().hashCode();

  private Logs() {}
}
