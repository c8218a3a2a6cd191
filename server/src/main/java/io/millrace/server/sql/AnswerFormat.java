package io.millrace.server.sql;

import java.util.Locale;

/** How answers are written. */
public enum AnswerFormat {
  /** For people. */
  TABLE("application/x-ndjson"),
  /** One document. */
  JSON("application/json"),
  /** One line for each row, after one that names the columns. */
  CSV("text/csv"),
  /** One value a line: the columns, each row, the end. */
  NDJSON("application/x-ndjson");

  private final String mediaType;

  AnswerFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** What the server is asked for. */
  String mediaType() {
    return mediaType;
  }

  /** As it is written on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
