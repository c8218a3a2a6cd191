package io.millrace.server.sql;

import java.io.IOException;
import java.io.InputStream;

/** What the server says to a statement. */
sealed interface SqlReply {

  /**
   * An answer that is still coming. To be closed, which ends the statement if it runs.
   *
   * @param isJson whether it is one JSON document, whatever was asked for
   */
  record Answered(InputStream body, boolean isJson) implements SqlReply, AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * A refusal, or no answer at all.
   *
   * @param mayPass whether the same statement may be answered later: nobody answered, or the server
   *     says that it cannot now
   */
  record Refused(SqlError error, boolean mayPass) implements SqlReply {}
}
