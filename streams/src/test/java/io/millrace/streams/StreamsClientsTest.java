package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.streams.rollup.TransactionWatch;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsClientsTest {
  private static final Map<String, Object> SETTINGS =
      Map.of("bootstrap.servers", "127.0.0.1:9", "application.id", "clients");

  private final TransactionWatch transactions = new TransactionWatch();
  private final StreamsClients clients =
      new StreamsClients(new StreamsConfig(SETTINGS).getKafkaClientSupplier(), transactions);

  @Test
  void anAbortIsToldToItsOwnThreadAlsoIfItFails() {
    try (var producer = clients.getProducer(SETTINGS)) {
      // When: it has never begun a transaction.
      assertThatThrownBy(producer::abortTransaction).isInstanceOf(IllegalStateException.class);

      // Then
      assertThat(transactions.aborted()).isEqualTo(1);
      assertThat(transactions.committed()).isZero();
      assertThatThrownBy(producer::commitTransaction).isInstanceOf(IllegalStateException.class);
      assertThat(transactions.committed()).as("one that failed").isZero();
      assertThat(CompletableFuture.supplyAsync(transactions::aborted).join()).isZero();
    }
  }
}
