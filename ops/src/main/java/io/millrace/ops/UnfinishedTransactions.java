package io.millrace.ops;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * Transactions that are decided but not yet marked in every partition, as a broker has them that
 * was killed in between. Who reads state back from a partition whose mark is still missing sees the
 * state before the transaction, while the input is read on after it.
 */
public final class UnfinishedTransactions {
  private static final Duration BETWEEN_READINGS = Duration.ofMillis(50);

  private final Cluster cluster;
  private final String prefix;

  /** Those whose transactional id begins with a prefix. */
  public UnfinishedTransactions(Cluster cluster, String prefix) {
    this.cluster = cluster;
    this.prefix = prefix;
  }

  /** Waits until there are none; false when there still are some after the patience. */
  public boolean awaitNone(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!listed().isEmpty()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(BETWEEN_READINGS);
    }
    return true;
  }

  private List<TransactionListing> listed() {
    var deciding =
        new ListTransactionsOptions()
            .filterStates(
                EnumSet.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
    return cluster
        .await("list the transactions", cluster.admin().listTransactions(deciding).all())
        .stream()
        .filter(transaction -> transaction.transactionalId().startsWith(prefix))
        .toList();
  }
}
