package io.millrace.views.table;

import org.apache.avro.Schema;

/** How the values of the records of a table's topic are written. */
public sealed interface TableFormat {

  /** As in a definition. */
  String label();

  /** A JSON object, in UTF-8. */
  record Json() implements TableFormat {
    @Override
    public String label() {
      return "json";
    }
  }

  /**
   * A record in Avro's single-object encoding, as the topics of this program have it.
   *
   * @param schema with which all of them are written
   */
  record Avro(Schema schema) implements TableFormat {
    @Override
    public String label() {
      return "avro";
    }
  }
}
