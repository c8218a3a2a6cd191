package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StatementReaderTest {

  @Test
  void givesStatementsOneByOneAndTheLastWithoutASemicolon() throws IOException {
    var statements = new StatementReader(new StringReader("SELECT 1;\nSELECT 2"));

    assertThat(statements.next()).contains(new Statement("SELECT 1", 1));
    assertThat(statements.next()).contains(new Statement("SELECT 2", 2));
    assertThat(statements.next()).isEmpty();
    assertThat(statements.next()).isEmpty();
  }

  @Test
  void givesAStatementBeforeTheNextIsThere() throws IOException {
    try (var writer = new PipedWriter();
        var reader = new PipedReader(writer)) {
      writer.write("SELECT 1; SELECT ");
      writer.flush();

      assertThat(new StatementReader(reader).next()).contains(new Statement("SELECT 1", 1));
    }
  }

  @Test
  void doesNotReadOnForEverWhereNothingEnds() {
    var endless =
        new Reader() {
          private int read;

          @Override
          public int read(char[] piece, int offset, int length) {
            read += length;
            if (read > 10 * StatementReader.LONGEST) {
              throw new IllegalStateException("was asked for more and more");
            }
            Arrays.fill(piece, offset, offset + length, 'x');
            return length;
          }

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> new StatementReader(endless).next())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1 is longer than 64 KiB");
  }
}
