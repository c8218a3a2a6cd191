package io.millrace.server.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an answer of one JSON value a line while it comes: the columns, the rows one by one, and
 * how it ended. For one thread.
 */
final class RowStream implements AutoCloseable {
  private static final JsonFactory JSON = new ObjectMapper().getFactory();

  /**
   * How an answer ended.
   *
   * @param truncated whether there are more rows
   * @param elapsedMillis what the server took
   * @param cells how much of the cells it was read from; empty where the server does not say
   */
  record Ending(boolean truncated, long elapsedMillis, String cells) {}

  private final JsonParser parser;
  private final List<Column> columns = new ArrayList<>();
  private final JsonNode head;
  private JsonNode tail = MissingNode.getInstance();

  /** Reads the head. */
  RowStream(InputStream answer) throws IOException {
    parser = JSON.createParser(answer);
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the answer does not begin as one of rows does");
    }
    head = parser.readValueAsTree();
    for (JsonNode column : head.path("columns")) {
      columns.add(new Column(column.path("name").asText(), column.path("type").asText()));
    }
  }

  /** What was done, if it is an answer without rows. */
  Optional<String> message() {
    return Optional.ofNullable(head.get("message")).map(JsonNode::asText);
  }

  List<Column> columns() {
    return columns;
  }

  /** The next row; empty after the last. */
  Optional<List<Cell>> next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      return Optional.of(row());
    }
    if (token == JsonToken.START_OBJECT) {
      tail = parser.readValueAsTree();
    }
    return Optional.empty();
  }

  /** How it ended; empty if it broke off, so that rows may be missing. */
  Optional<Ending> ending() {
    return tail.has("truncated")
        ? Optional.of(
            new Ending(
                tail.path("truncated").asBoolean(),
                tail.path("elapsed_ms").asLong(),
                tail.path("cells").asText("")))
        : Optional.empty();
  }

  /** What went wrong after the first rows had been sent. */
  Optional<String> error() {
    return Optional.ofNullable(tail.path("error").get("message")).map(JsonNode::asText);
  }

  private List<Cell> row() throws IOException {
    var row = new ArrayList<Cell>(columns.size());
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      row.add(cell());
    }
    return row;
  }

  private Cell cell() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("the answer broke off in the middle of a row");
    }
    return switch (token) {
      case VALUE_NULL -> Cell.NULL;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Cell.number(parser.getText());
      case START_ARRAY, START_OBJECT -> Cell.text(json());
      default -> Cell.text(parser.getText());
    };
  }

  private String json() throws IOException {
    var text = new StringWriter();
    try (JsonGenerator copy = JSON.createGenerator(text)) {
      copy.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
