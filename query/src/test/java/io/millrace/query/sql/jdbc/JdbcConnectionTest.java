package io.millrace.query.sql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Optional;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.junit.jupiter.api.Test;

class JdbcConnectionTest {
  private final JdbcConnection connection = new JdbcConnection(0);

  /** A megabyte of a name in each connection would fill the memory unseen. */
  @Test
  void keepsNoNamesThatTheDriverSets() {
    var set =
        new ConnectionPropertiesImpl(
            false, true, Connection.TRANSACTION_NONE, "c".repeat(1_000), "s".repeat(1_000));

    var kept = connection.with(set);

    assertThat(kept.getCatalog()).isNull();
    assertThat(kept.getSchema()).isNull();
    assertThat(kept.isAutoCommit()).isFalse();
  }

  @Test
  void countsPreparedTexts() {
    connection.open(1, Optional.of("x".repeat(1_000)));
    connection.open(2, Optional.empty());

    assertThat(connection.bytesHeld()).isEqualTo(2_000);

    connection.close(1);

    assertThat(connection.bytesHeld()).isZero();
  }
}
