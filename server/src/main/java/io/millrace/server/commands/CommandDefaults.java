package io.millrace.server.commands;

/** What the options of several commands are when nobody gives them. */
final class CommandDefaults {
  static final String DATA_FOLDER = "millrace-data";
  static final String PORT = "8080";
  static final String TARGET = "http://127.0.0.1:" + PORT;

  private CommandDefaults() {}

  /** Who it is, in the history of changes. */
  static String author() {
    return "command line of " + System.getProperty("user.name", "somebody");
  }
}
