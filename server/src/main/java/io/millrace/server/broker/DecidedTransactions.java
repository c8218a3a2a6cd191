package io.millrace.server.broker;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that are decided but not yet marked in each of their partitions. A producer's commit
 * returns before the marks are written, and a broker that is stopped in between may leave some out
 * for ever: see {@link FormerRegistration}.
 */
final class DecidedTransactions {
  private static final Logger log = LoggerFactory.getLogger(DecidedTransactions.class);
  private static final int REQUEST_MILLISECONDS = 2_000;

  private static final ListTransactionsOptions UNMARKED =
      new ListTransactionsOptions()
          .filterStates(
              EnumSet.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));

  private DecidedTransactions() {}

  /**
   * Waits until all are marked; gives up, with a warning, after a time, and at once when nobody
   * answers.
   */
  static void awaitMarks(OwnClient client, Duration patience) {
    Deadline deadline = Deadline.in(patience);
    Admin admin = client.open(REQUEST_MILLISECONDS);
    try {
      while (!allMarked(admin)) {
        if (deadline.passed()) {
          log.atWarn().log("Some transactions are still not marked in all of their partitions");
          return;
        }
        Deadline.pause();
      }
    } catch (ExecutionException | TimeoutException | KafkaException unanswered) {
      log.atWarn().setCause(unanswered).log("Cannot ask for unmarked transactions");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      OwnClient.close(admin);
    }
  }

  private static boolean allMarked(Admin admin)
      throws ExecutionException, TimeoutException, InterruptedException {
    return admin
        .listTransactions(UNMARKED)
        .all()
        .get(REQUEST_MILLISECONDS, TimeUnit.MILLISECONDS)
        .isEmpty();
  }
}
